"""The spending history in pandas: a table of themes by years, and what moved most.

python examples/with_pandas.py output/spendtrail.db
"""

import sqlite3
import sys

import pandas as pd


def main(database: str) -> None:
    db = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    spending = pd.read_sql("SELECT * FROM spending WHERE is_current", db)
    print("pounds by year and status")
    print(spending.pivot_table("amount", "financial_year", "status", "sum").to_string())

    history = pd.read_sql("SELECT * FROM spending_history", db)
    themes = history.pivot_table("amount", "theme", "financial_year", "sum")
    print("\npounds by theme and year, the figures that stand now")
    print(themes.to_string())

    change = (themes["2020-21"] - themes["2018-19"]).dropna().sort_values()
    print(f"\nfrom 2018-19 to 2020-21: {change.index[-1]} {change.iloc[-1]:+,.2f} most,")
    print(f"{change.index[0]} {change.iloc[0]:+,.2f} least")


main(sys.argv[1])
