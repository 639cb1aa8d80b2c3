"""Awards outside tables: bullets, cards, label lines, bilingual pages, decision notices."""

from __future__ import annotations

from pool import projects, services, sums
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


@document("caer-dwyrain-dwyieithog.pdf")
def caer() -> tuple[bytes, Truth]:
    """A bilingual page: every award stands twice, in Welsh on the left and English on the right."""
    truth = Truth(
        "Cronfa Gymunedol 2022/23 – Community Fund 2022/23",
        "Comisiynydd Heddlu a Throseddu Caer Dwyrain – Caer Dwyrain Police and Crime Commissioner",
        ["2022-23"],
    )
    awards = [
        (
            "Clwb Ieuenctid Aberfan Fach",
            "Gweithdai celf i bobl ifanc",
            "Art workshops for young people",
        ),
        (
            "Canolfan Deulu Glanrafon",
            "Cymorth i deuluoedd carcharorion",
            "Support for prisoners’ families",
        ),
        ("Pennant Family Support", "Cwrs rhianta dros wyth wythnos", "Eight-week parenting course"),
        ("Cymdeithas Tai Hollin", "Goleuadau diogelwch", "Security lighting"),
        ("Caer Dwyrain Carers", "Caffi cof wythnosol", "Weekly memory café"),
        ("Clwb Bocsio Derwen", "Bocsio a rhifedd ar ôl ysgol", "Boxing and numeracy after school"),
    ]
    welsh = english = ""
    for i, (body, cy, en) in enumerate(awards):
        sum_ = sums(2800 + i, 1, 900, 9900, 50)[0]
        shown = commas(sum_, "£")
        welsh += f"<li>{body}: {shown} – {cy}</li>"
        english += f"<li>{body}: {shown} – {en}</li>"
        truth.line(None, {"2022-23": (shown, sum_)}, unsure=("service", "provision"), provider=body)
    style = "@page{size:A4;margin:16mm} body{font:10pt 'Noto Sans'} .g{display:grid;grid-template-columns:1fr 1fr;gap:30px} li{margin-bottom:7px} h1{font-size:15pt}"
    text = f"""<div class=g><div lang=cy><h1>Comisiynydd Heddlu a Throseddu Caer Dwyrain</h1><h2>Cronfa Gymunedol 2022/23</h2><p>Dyfarnwyd grantiau i chwe sefydliad yn 2022/23.</p><ul>{welsh}</ul></div>
    <div><h1>Caer Dwyrain Police and Crime Commissioner</h1><h2>Community Fund 2022/23</h2><p>Grants were awarded to six organisations in 2022/23.</p><ul>{english}</ul></div></div>"""
    return chromium(page(text, style, "Cronfa Gymunedol")), truth


@document("marlbeck-decision-notice.pdf", held=True)
def marlbeck() -> tuple[bytes, Truth]:
    """A decision notice: numbered prose, then a small ruled table; the prose repeats its sums."""
    truth = Truth(
        "Decision notice 2019/044: Victims’ services",
        "Marlbeck Police and Crime Commissioner",
        ["2019-20", "2020-21"],
    )
    rows, whole = "", [0, 0]
    told = []
    for at, (service, provider, *_) in enumerate(services(223, 5)):
        money = sums(2900 + at, 2, 9000, 95000, 100)
        whole = [whole[0] + money[0], whole[1] + money[1]]
        rows += f"<tr><td>{provider}</td><td>{service}</td><td align=right>{commas(money[0], '£')}</td><td align=right>{commas(money[1], '£')}</td></tr>"
        told.append(f"{provider} {commas(money[0], '£')}")
        truth.line(
            None,
            {
                "2019-20": (commas(money[0], "£"), money[0]),
                "2020-21": (commas(money[1], "£"), money[1]),
            },
            service=service,
            provider=provider,
        )
    rows += f"<tr><td><b>Total</b></td><td></td><td align=right><b>{commas(whole[0], '£')}</b></td><td align=right><b>{commas(whole[1], '£')}</b></td></tr>"
    truth.total(
        None,
        "Total",
        {
            "2019-20": (commas(whole[0], "£"), whole[0]),
            "2020-21": (commas(whole[1], "£"), whole[1]),
        },
    )
    text = f"""<h1>Marlbeck Police and Crime Commissioner</h1><h2>Decision notice 2019/044: Victims’ services</h2>
    <p>1. The Commissioner has decided to award {commas(sum(whole), "£")} over two years to five providers, following a competition to which 12 bodies replied.</p>
    <p>2. In the first year the awards are: {"; ".join(told)}.</p>
    <p>3. The awards are set out in the table. They are met from the Ministry of Justice grant of £1.2m.</p>
    <table border=1 cellpadding=4 cellspacing=0 width=100%><tr><th>Provider</th><th>Service</th><th>2019/20</th><th>2020/21</th></tr>{rows}</table>
    <p>Signed: A N Other. Date: 12 March 2019. Telephone: 01632 960 114. Email: decisions@example.org</p>"""
    return libreoffice(
        page(text, "body{font-family:'Liberation Sans';font-size:11pt}").encode(), "html"
    ), truth


@document("quarrydale-two-facts.pdf")
def quarrydale() -> tuple[bytes, Truth]:
    """Two facts in one cell: provider and what for; sums of two years in one cell with their years."""
    truth = Truth(
        "What we commission", "Quarrydale Police and Crime Commissioner", ["2021-22", "2022-23"]
    )
    rows = ""
    for i, (service, provider, *_) in enumerate(services(227, 8)):
        money = sums(3000 + i, 2, 3000, 70000)
        rows += f"<tr><td>{service}<br><i>Provider: {provider}</i></td><td>{commas(money[0], '£')} (2021/22)<br>{commas(money[1], '£')} (2022/23)</td></tr>"
        truth.line(
            None,
            {
                "2021-22": (commas(money[0], "£"), money[0]),
                "2022-23": (commas(money[1], "£"), money[1]),
            },
            service=service,
            provider=provider,
        )
    style = "@page{size:A4;margin:20mm} body{font:11pt Lato} table{border-collapse:collapse;width:100%} td,th{border-top:1px solid #888;padding:5px;text-align:left} th{background:#f6c700}"
    text = f"<h1>Quarrydale Police and Crime Commissioner</h1><h2>What we commission</h2><table><tr><th>Service and provider</th><th>Funding</th></tr>{rows}</table>"
    return chromium(page(text, style, "What we commission")), truth


@document("sandholme-slides.pdf", held=True)
def sandholme() -> tuple[bytes, Truth]:
    """Slides: coloured boxes with a short sum (£25k, £1.2m) over a name."""
    truth = Truth(
        "Where the money goes 2023/24", "Sandholme Violence Reduction Network", ["2023-24"]
    )
    boxes = ""
    for i, (service, provider, *_) in enumerate(services(229, 10)):
        sum_ = sums(3100 + i, 1, 20, 400, 5)[0] * 1000
        shown = f"£{sum_ // 1000}k"
        if i == 3:
            sum_, shown = 1200000, "£1.2m"
        boxes += f"<div class=c><div class=a>{shown}</div><div class=b>{service}</div><div>{provider}</div></div>"
        truth.line(None, {"2023-24": (shown, sum_)}, service=service, provider=provider)
    style = """@page{size:338mm 190mm;margin:12mm} body{font:15pt Lato} .g{display:grid;grid-template-columns:repeat(5,1fr);gap:14px} .c{background:#0b3954;color:#fff;padding:14px;height:190px}
    .a{font-size:30pt;font-weight:bold;color:#ffd166} .b{font-weight:bold} h1{color:#0b3954}"""
    text = f"<h1>Where the money goes 2023/24</h1><p>Sandholme Violence Reduction Network</p><div class=g>{boxes}</div>"
    return chromium(page(text, style, "Where the money goes")), truth


@document("whitmoor-newsletter.pdf")
def whitmoor() -> tuple[bytes, Truth]:
    """A newsletter in two columns: sums in stories, a telephone list, no award and no budget."""
    truth = Truth("Neighbourhood news, spring 2023", "Whitmoor Safer Communities", [])
    stories = [
        (
            "Burglary down by 12%",
            "Recorded burglaries fell from 1,204 to 1,060 in the year to March 2023. Losses from doorstep crime were put at £38,400, and officers recovered cash of £12,750 in two raids.",
        ),
        (
            "Have your say",
            "More than 2,300 residents answered the survey. Half of them would pay £10 a year more on a Band D bill of £245.23. The consultation runs from 3 April to 12 May 2023.",
        ),
        (
            "Cadets march on",
            "Forty cadets aged 13 to 17 took part in the parade. Uniforms cost around £95 each and are lent free of charge.",
        ),
        (
            "Fraud watch",
            "A Saltmoor man lost £4,500 to a caller who claimed to be from his bank. Ring 159 if in doubt; banks never ask you to move money.",
        ),
        (
            "New vans",
            "Two electric vans have replaced diesel ones. Each saves about 1,150 litres and £2,300 of fuel a year.",
        ),
        (
            "Dates for your diary",
            "Panel meetings: 6 June, 5 September and 7 November 2023, at 10am. Telephone 01632 960 220.",
        ),
    ]
    body = "".join(f"<h3>{head}</h3><p>{text} {text[:0]}</p>" for head, text in stories)
    style = "@page{size:A4;margin:16mm} body{font:10pt 'Noto Serif';text-align:justify} .g{column-count:2;column-gap:24px} h3{margin:0}"
    return chromium(
        page(
            f"<h1>{truth.title}</h1><p>{truth.publisher}</p><div class=g>{body}{body[:0]}</div>",
            style,
            truth.title,
        )
    ), truth
