# The same in R (not run by the tests: it needs R with the packages DBI and RSQLite).
#   Rscript examples/with_r.R output/spendtrail.db
library(DBI)
database <- commandArgs(trailingOnly = TRUE)[1]
db <- dbConnect(RSQLite::SQLite(), database, flags = RSQLite::SQLITE_RO)
spending <- dbGetQuery(db, "SELECT * FROM spending WHERE is_current")
print(aggregate(amount ~ financial_year + status, spending, sum))
history <- dbGetQuery(db, "SELECT service_id, financial_year, amount FROM spending_history")
wide <- reshape(history, idvar = "service_id", timevar = "financial_year", direction = "wide")
print(head(wide))
dbDisconnect(db)
