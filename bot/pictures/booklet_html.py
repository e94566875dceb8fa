"""A document as one HTML page that prints well and needs nothing else."""

from collections.abc import Iterator
from html import escape

from bot.care.model.document import Block, Document, Heading, Message, Paragraph, Part, Signature, Table
from bot.care.model.words import Html

STYLE = """
:root { --ink: #1c222a; --grey: #5d6670; --blue: #165278; --pale: #ecf2f6; }
* { box-sizing: border-box; }
body { font: 16px/1.5 system-ui, "Noto Sans", sans-serif; color: var(--ink); max-width: 50rem; margin: 0 auto;
  padding: 2rem 1.25rem; }
h1, h2, h3 { color: var(--blue); line-height: 1.2; }
h1 { font-size: 2.2rem; margin: 0 0 1rem; }
h2 { margin-top: 4rem; border-top: 4px solid var(--blue); padding-top: 1rem; }
.subtitle, .about, .foot, .choices { color: var(--grey); } .about, .foot { font-size: .85rem; }
nav a { color: var(--blue); } nav ol { padding-left: 1.2rem; }
article { margin: 1.5rem 0; border: 1px solid #d5dde3; border-radius: 6px; padding: 0 1rem .75rem; }
article h4 { margin: 0 -1rem .5rem; padding: .5rem 1rem; background: var(--pale); border-radius: 6px 6px 0 0; }
article h5 { margin: 1rem 0 .1rem; color: var(--blue); font-size: .85rem; }
article p { margin: 0; }
.said { white-space: pre-line; } u { text-decoration-style: dotted; text-underline-offset: 3px; }
.choices { margin: .25rem 0 0; padding-left: 1.2rem; font-size: .95rem; }
.choices.numbers { display: flex; flex-wrap: wrap; gap: .25rem 1rem; list-style: none; padding: 0; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: start; vertical-align: top; padding: .35rem .5rem; border-bottom: 1px solid #d5dde3; }
th { background: var(--pale); }
.signature { display: flex; gap: 1.5rem; margin-top: 4rem; }
.signature span { flex: 1; border-top: 1px solid var(--ink);
  font-size: .8rem; color: var(--grey); padding-top: .25rem; }
@media print { body { font-size: 10pt; max-width: none; padding: 0; }
  h2 { break-before: page; border: 0; margin-top: 0; }
  h3, h4, h5, .about { break-after: avoid; } .said, tr, .sign-off { break-inside: avoid; } nav { display: none; } }
@page { size: A4; margin: 18mm; }
"""


def booklet_html(document: Document) -> str:
    return "\n".join(_page(document)) + "\n"


def _page(document: Document) -> Iterator[str]:
    yield f'<!doctype html>\n<html lang="{escape(document.language)}">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(document.title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>"
    yield f'<header>\n<p class="subtitle">{escape(document.subtitle)}</p>\n<h1>{escape(document.title)}</h1>'
    yield from (f"<p>{about}</p>" for about in document.about)
    yield f"</header>\n<nav>\n<h3>{escape(document.contents)}</h3>\n<ol>"
    chapters = list(enumerate(document.chapters, 1))
    yield from (f'<li><a href="#chapter-{number}">{escape(chapter.title)}</a></li>' for number, chapter in chapters)
    yield "</ol>\n</nav>\n<main>"
    for number, chapter in chapters:
        yield f'<section id="chapter-{number}">\n<h2>{escape(chapter.title)}</h2>'
        yield from (line for block in chapter.blocks for line in _block(block))
        yield "</section>"
    yield f'</main>\n<footer><p class="foot">{escape(document.foot)}</p></footer>\n</body>\n</html>'


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text):
            yield f'<p class="said">{text}</p>'
        case Heading(text):
            yield f"<h3>{escape(text)}</h3>"
        case Table():
            yield from _table(block)
        case Message():
            yield from _message(block)
        case Signature():
            yield from _signature(block)


def _signature(signature: Signature) -> Iterator[str]:
    yield f'<div class="sign-off">\n<h3>{escape(signature.title)}</h3>'
    yield from (f'<p class="said">{text}</p>' for text in signature.texts)
    yield f'<div class="signature">{"".join(f"<span>{escape(label)}</span>" for label in signature.labels)}</div>'
    yield "</div>"


def _message(message: Message) -> Iterator[str]:
    yield f"<article>\n<h4>{escape(message.title)}</h4>"
    if message.about:
        yield f'<p class="about said">{escape(message.about)}</p>'
    for part in message.parts:
        yield from _part(part)
    if message.foot:
        yield f'<p class="foot">{escape(message.foot)}</p>'
    yield "</article>"


def _part(part: Part) -> Iterator[str]:
    if part.label:
        yield f"<h5>{escape(part.label)}</h5>"
    if part.text:
        yield f'<p class="said">{Html(part.text)}</p>'
    if part.choices:
        kind = "choices numbers" if max(map(len, part.choices)) <= 2 else "choices"
        yield f'<ul class="{kind}">{"".join(f"<li>{escape(choice)}</li>" for choice in part.choices)}</ul>'


def _table(table: Table) -> Iterator[str]:
    yield f'<div class="wide"><table>\n<tr>{"".join(f"<th>{escape(cell)}</th>" for cell in table.head)}</tr>'
    for row in table.rows:
        yield f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>"
    yield "</table></div>"
