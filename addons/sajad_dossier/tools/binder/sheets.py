"""Pages of PDFs, without anything that acts or calls home (row C10).

What one sees of a page stays: its content, and the looks of fields and notes. What is
left out is told, because a paper that lost something must say so.
"""

from pikepdf import Array, Dictionary, Name

PAGE_KEYS = {
    "/Type",
    "/Parent",
    "/Resources",
    "/MediaBox",
    "/CropBox",
    "/Rotate",
    "/Contents",
    "/Group",
    "/UserUnit",
}
NOTE_KEYS = (
    "/Rect",
    "/AP",
    "/AS",
    "/F",
    "/C",
    "/IC",
    "/CA",
    "/BS",
    "/Border",
    "/Contents",
    "/QuadPoints",
    "/InkList",
    "/L",
    "/Vertices",
)
# kinds of notes, and what they are; None: they are only to be seen
NOTES = {
    "/FileAttachment": "attachments",
    "/Sound": "media",
    "/Movie": "media",
    "/Screen": "media",
    "/RichMedia": "media",
    "/3D": "media",
    "/Link": "links",
    "/Popup": "",
    "/PrinterMark": "",
}
# of links, which are left out: where they lead is no script
ACTIONS = ("/URI", "/GoTo", "/GoToR", "/Named")


def add_sheets(pdf, paper):
    """Add the pages of a PDF; return how many, and names of what was left out."""
    dropped = find_active(paper.Root)
    for page in paper.pages:
        dropped |= clean_page(page.obj)
    pdf.pages.extend(paper.pages)
    return len(paper.pages), dropped


def find_active(root):
    """Return names of what belongs to the whole file and is not taken over."""
    names = get(root, "/Names")
    form = get(root, "/AcroForm")
    found = {
        "attachments": "/EmbeddedFiles" in names or "/AF" in root,
        "scripts": "/JavaScript" in names
        or "/AA" in root
        or str(get(root, "/OpenAction").get("/S", "/GoTo")) != "/GoTo",
        "signatures": bool(int(form.get("/SigFlags", 0)) & 1),
        "forms": "/XFA" in form,
        "layers": "/OCProperties" in root,
    }
    return {name for name, is_there in found.items() if is_there}


def get(dictionary, key):
    value = dictionary.get(key)
    return value if isinstance(value, Dictionary) else Dictionary()


def clean_page(page):
    """Leave what one sees of a page; return names of what was left out."""
    dropped = {"scripts"} if "/AA" in page else set()
    notes = page.get("/Annots")
    for key in set(page.keys()) - PAGE_KEYS:
        del page[key]
    kept = Array()
    for note in notes if isinstance(notes, Array) else ():
        if isinstance(note, Dictionary):
            dropped |= take_note(note, kept)
    if kept:
        page.Annots = kept
    return dropped


def take_note(note, kept):
    subtype = note.get("/Subtype")
    subtype = str(subtype) if isinstance(subtype, Name) else "/Stamp"
    action = str(get(note, "/A").get("/S", "/URI"))
    dropped = set() if action in ACTIONS else {"scripts"}
    if subtype in NOTES:
        return dropped | {NOTES[subtype]} - {""}
    if subtype == "/Widget":
        if "/AP" not in note:
            return dropped | ({"forms"} if "/V" in note else set())
        # a field becomes the picture of itself
        subtype = "/Stamp"
    bare = Dictionary(Type=Name.Annot, Subtype=Name(subtype))
    for key in NOTE_KEYS:
        if key in note:
            bare[key] = note[key]
    kept.append(bare)
    return dropped
