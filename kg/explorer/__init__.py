"""The HTML explorer: a whole graph as one page that opens from disk and asks no network.

    graph → payload.py → placement.py → page.py → one HTML string
            what is shown  where it is     how it is packed

``template.html``, ``explorer.css`` and ``script/`` are what runs in the reader's browser.
"""
