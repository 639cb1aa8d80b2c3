"""Awards outside tables: bullets, cards, label lines, bilingual pages, decision notices."""

from __future__ import annotations

from pool import projects, sums
from press import chromium, libreoffice
from register import document, page
from truth import Truth, commas


@document("saltmoor-safer-streets-cards.pdf")
def saltmoor() -> tuple[bytes, Truth]:
    """Cards in three columns, labels above values."""
    truth = Truth(
        "Safer Streets Saltmoor: who we funded in 2022/23",
        "Saltmoor Police and Crime Commissioner",
        ["2022-23"],
    )
    cards = ""
    for i, (body, name, what) in enumerate(projects(83, 12)):
        award = sums(1500 + i, 1, 3000, 90000, 10)[0]
        cards += (
            f"<div class=c><div class=l>Organisation</div><div class=v>{body}</div><div class=l>Project</div><div class=v>{name}</div>"
            f"<div class=l>What it will do</div><div>{what[0].upper() + what[1:]}</div><div class=l>Award</div><div class=v>{commas(award, '£')}</div></div>"
        )
        truth.line(
            None,
            {"2022-23": (commas(award, "£"), award)},
            provider=body,
            service=name,
            provision=what[0].upper() + what[1:],
        )
    style = """@page{size:A4;margin:15mm} body{font:10pt 'Noto Sans'} .g{display:grid;grid-template-columns:1fr 1fr 1fr;gap:10px}
    .c{background:#e3f1ee;border-top:5px solid #007a6b;padding:8px;break-inside:avoid} .l{color:#007a6b;font-size:8pt;margin-top:4px} .v{font-weight:bold}"""
    text = f"<h1>Safer Streets Saltmoor</h1><h2>Who we funded in 2022/23</h2><p>Twelve projects share the Home Office award. Work ends in March 2023.</p><div class=g>{cards}</div>"
    return chromium(page(text, style, "Safer Streets")), truth


@document("holmdale-community-fund.pdf")
def holmdale() -> tuple[bytes, Truth]:
    """Bullets: amount before the name, after it, two in one bullet; the text repeats two awards."""
    truth = Truth(
        "Holmdale Community Fund: awards made in 2021/22",
        "Holmdale Community Safety Partnership",
        ["2021-22"],
    )
    drawn = projects(97, 12)
    money = sums(1700, 12, 500, 9800, 50)
    items = []
    for i, ((body, name, what), award) in enumerate(zip(drawn, money, strict=True)):
        shown = commas(award, "£")
        section = "Large grants" if i < 5 else "Small grants" if i < 10 else None
        if i < 5:
            items.append(f"<li>{body} – {shown} for {name}, {what}.</li>")
        elif i < 10:
            items.append(f"<li>{shown} to {body} towards {what} ({name})</li>")
        elif i == 10:
            other, amount = drawn[11], money[11]
            items.append(
                f"<li>{body} ({shown}, {name}) and {other[0]} ({commas(amount, '£')}, {other[1]})</li>"
            )
        truth.line(
            None,
            {"2021-22": (shown, award)},
            section=section or "Joint awards",
            provider=body,
            service=name,
            unsure=("provision",),
        )
    whole = sum(money)
    best = max(range(5), key=lambda i: money[i])
    text = f"""<h1>Holmdale Community Safety Partnership</h1><h2>Holmdale Community Fund: awards made in 2021/22</h2>
    <p>The panel met on 14 June 2021 and made twelve awards worth {commas(whole, "£")} in all. The largest, {commas(money[best], "£")}, went to
    {drawn[best][0]}, and {drawn[0][0]} was given {commas(money[0], "£")}.</p>
    <h3>Large grants</h3><ul>{"".join(items[:5])}</ul><h3>Small grants</h3><ul>{"".join(items[5:10])}</ul>
    <h3>Joint awards</h3><ul>{items[10]}</ul>
    <p>Applications for the next round close on 30 September 2021. Grants of up to £10,000 are available.</p>"""
    return libreoffice(
        page(text, "body{font-family:'Liberation Serif';font-size:12pt}").encode(), "html"
    ), truth
