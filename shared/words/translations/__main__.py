"""Puts new sentences into the English catalogue and takes out what nobody says any more; what is translated stays."""

from __future__ import annotations

from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po

from shared.words.language import CATALOGUE
from shared.words.translations.extraction import sentences

# Written by hand so that the file changes only when a sentence does.
HEADER = r"""msgid ""
msgstr ""
"Language: en\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

"""


def main() -> None:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="en")
    template = Catalog(project="Brobygger")
    for found in sentences():
        template.add(found.sentence, locations=[(found.file, 0)])
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    with CATALOGUE.open("wb") as out:
        out.write(HEADER.encode())
        write_po(out, catalogue, width=140, omit_header=True, no_location=True, sort_output=True)
    missing = [
        message.id
        for message in catalogue
        if message.id and not (all(message.string) if isinstance(message.string, tuple) else message.string)
    ]
    print(f"{len(catalogue)} sentences, {len(missing)} without English words")
    for sentence in missing:
        print(f"  {sentence}")


if __name__ == "__main__":
    main()
