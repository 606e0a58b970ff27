"""Pages of PDFs, without anything that acts or calls home (row C10).

What one sees of a page stays: its content, and the looks of fields and notes. What is
left out is told, because a paper that lost something must say so.
"""

from pypdf.generic import ArrayObject, DictionaryObject, NameObject

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


def add_sheets(writer, reader):
    """Add the pages of a PDF; return how many, and names of what was left out."""
    dropped = find_active(reader)
    for page in reader.pages:
        dropped |= clean_page(page)
        writer.add_page(page)
    return len(reader.pages), dropped


def find_active(reader):
    """Return names of what belongs to the whole file and is not taken over."""
    root = reader.root_object
    names = get(root, "/Names")
    form = get(root, "/AcroForm")
    found = {
        "attachments": "/EmbeddedFiles" in names or "/AF" in root,
        "scripts": "/JavaScript" in names
        or "/AA" in root
        or "/S" in get(root, "/OpenAction")
        and get(root, "/OpenAction")["/S"] != "/GoTo",
        "signatures": bool(int(form.get("/SigFlags", 0)) & 1),
        "forms": "/XFA" in form,
        "layers": "/OCProperties" in root,
    }
    return {name for name, is_there in found.items() if is_there}


def get(dictionary, key):
    value = dictionary.get(key)
    value = value.get_object() if value is not None else None
    return value if isinstance(value, DictionaryObject) else DictionaryObject()


def clean_page(page):
    """Leave what one sees of a page; return names of what was left out."""
    dropped = {"scripts"} if "/AA" in page else set()
    notes = page.get("/Annots")
    for key in set(page) - PAGE_KEYS:
        del page[key]
    kept = ArrayObject()
    for note in notes.get_object() if notes is not None else ():
        note = note.get_object()
        if isinstance(note, DictionaryObject):
            dropped |= take_note(note, kept)
    if kept:
        page[NameObject("/Annots")] = kept
    return dropped


def take_note(note, kept):
    subtype = note.get("/Subtype")
    action = get(note, "/A").get("/S", "/URI")
    dropped = set() if action in ("/URI", "/GoTo", "/GoToR", "/Named") else {"scripts"}
    if subtype in NOTES:
        return dropped | {NOTES[subtype]} - {""}
    if subtype == "/Widget":
        if "/AP" not in note:
            return dropped | ({"forms"} if "/V" in note else set())
        # a field becomes the picture of itself
        subtype = "/Stamp"
    bare = DictionaryObject({NameObject("/Type"): NameObject("/Annot")})
    bare[NameObject("/Subtype")] = NameObject(subtype or "/Stamp")
    for key in NOTE_KEYS:
        if key in note:
            bare[NameObject(key)] = note.raw_get(key)
    kept.append(bare)
    return dropped
