"""Makes fonts whose PDFs keep their text: half spaces, and lam before alef.

A ligature of lam and alef is one glyph for two letters, which readers of PDF turn
round; a half space has no glyph, so that nothing of it is in the file. In the fonts
that this writes, the ligature is the glyph of the lam alone, an empty one of no width
follows for the alef, and the half space is an empty glyph of its own. What is seen
stays as it was.

    python tools/text_font.py SOURCE.ttf TARGET.ttf
"""

import sys

from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import otTables
from fontTools.ttLib.tables._g_l_y_f import Glyph

HALF_SPACE = 0x200C
LAMS = ("uniFEDF", "uniFEE0")
# lookup flags: right to left, over the marks between letters
IGNORE_MARKS = 8
FLAGS = 1 | IGNORE_MARKS


def add_glyph(font, name):
    """Add an empty glyph of no width."""
    glyph = Glyph()
    glyph.numberOfContours = 0
    font["glyf"].glyphs[name] = glyph
    font["hmtx"].metrics[name] = (0, 0)
    font["GDEF"].table.GlyphClassDef.classDefs[name] = 1
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"].glyphOrder = font.getGlyphOrder()


def add_lookup(table, kind, flags, *subtables):
    """Add a lookup at the end; return its number."""
    lookup = otTables.Lookup()
    lookup.LookupType, lookup.LookupFlag = kind, flags
    lookup.SubTable, lookup.SubTableCount = list(subtables), len(subtables)
    table.LookupList.Lookup.append(lookup)
    table.LookupList.LookupCount += 1
    return table.LookupList.LookupCount - 1


def join_feature(table, number, beside=None, tag=None):
    """Let features use a lookup: those that use another one, or those of a tag."""
    for record in table.FeatureList.FeatureRecord:
        used = record.Feature.LookupListIndex
        if record.FeatureTag == tag or beside in used:
            used.append(number)
            record.Feature.LookupCount = len(used)


def single(source, target):
    subtable = otTables.SingleSubst()
    subtable.mapping = {source: target}
    return subtable


def coverage(*glyphs):
    """A list of glyphs; the caller gives them in the order of the font."""
    found = otTables.Coverage()
    found.glyphs = list(glyphs)
    return found


def chain(lam, alef, first, second):
    """Two letters side by side, each replaced by a lookup of its own."""
    subtable = otTables.ChainContextSubst()
    subtable.Format = 3
    subtable.BacktrackCoverage, subtable.LookAheadCoverage = [], []
    subtable.BacktrackGlyphCount = subtable.LookAheadGlyphCount = 0
    subtable.InputCoverage = [coverage(lam), coverage(alef)]
    subtable.InputGlyphCount = 2
    records = []
    for index, number in enumerate((first, second)):
        record = otTables.SubstLookupRecord()
        record.SequenceIndex, record.LookupListIndex = index, number
        records.append(record)
    subtable.SubstLookupRecord, subtable.SubstCount = records, 2
    return subtable


def keep_half_space(font):
    name = font.getBestCmap().get(HALF_SPACE)
    if name is None:
        name = "uni200C"
        add_glyph(font, name)
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[HALF_SPACE] = name
    kept = f"{name}.text"
    add_glyph(font, kept)
    gsub = font["GSUB"].table
    # shapers hide what is not drawn, unless the font put another glyph there
    number = add_lookup(gsub, 1, 0, single(name, kept))
    join_feature(gsub, number, tag="ccmp")


def get_ligatures(gsub):
    """Yield (number of the lookup, subtable, lam, ligature) of lam and an alef."""
    for number, lookup in enumerate(list(gsub.LookupList.Lookup)):
        for subtable in lookup.SubTable if lookup.LookupType == 4 else ():
            for lam in LAMS:
                for ligature in list(subtable.ligatures.get(lam, ())):
                    if len(ligature.Component) == 1:
                        yield number, subtable, lam, ligature


def split_ligatures(font):
    gsub, chains, done = font["GSUB"].table, {}, []
    for number, subtable, lam, ligature in get_ligatures(gsub):
        shape, alef = ligature.LigGlyph, ligature.Component[0]
        empty = f"{shape}.alef"
        add_glyph(font, empty)
        first = add_lookup(gsub, 1, FLAGS, single(lam, shape))
        second = add_lookup(gsub, 1, FLAGS, single(alef, empty))
        chains.setdefault(number, []).append(chain(lam, alef, first, second))
        subtable.ligatures[lam].remove(ligature)
        if not subtable.ligatures[lam]:
            del subtable.ligatures[lam]
        done.append((shape, empty))
    for number, subtables in chains.items():
        join_feature(gsub, add_lookup(gsub, 6, FLAGS, *subtables), beside=number)
    return done


def keep_marks(font, ligatures):
    """Let marks of the lam and of the alef stand where they stood on the ligature."""
    gpos = font["GPOS"].table
    for number, lookup in enumerate(list(gpos.LookupList.Lookup)):
        for subtable in lookup.SubTable:
            subtable = getattr(subtable, "ExtSubTable", subtable)
            if isinstance(subtable, otTables.MarkLigPos):
                bases = find_anchors(font, subtable, ligatures)
                if bases:
                    made = marks_on_bases(subtable, bases)
                    flags = lookup.LookupFlag & ~IGNORE_MARKS
                    join_feature(gpos, add_lookup(gpos, 4, flags, made), beside=number)


def find_anchors(font, subtable, ligatures):
    """[(glyph, its part of the ligature)], in the order of the font."""
    attached = subtable.LigatureArray.LigatureAttach
    parts = dict(zip(subtable.LigatureCoverage.glyphs, attached, strict=True))
    found = {}
    for shape, empty in ligatures:
        if shape in parts:
            components = parts[shape].ComponentRecord
            found[shape], found[empty] = components[0], components[-1]
    return sorted(found.items(), key=lambda pair: font.getGlyphID(pair[0]))


def marks_on_bases(subtable, bases):
    made = otTables.MarkBasePos()
    made.Format, made.ClassCount = 1, subtable.ClassCount
    made.MarkCoverage, made.MarkArray = subtable.MarkCoverage, subtable.MarkArray
    made.BaseCoverage = coverage(*(glyph for glyph, _part in bases))
    made.BaseArray = otTables.BaseArray()
    made.BaseArray.BaseRecord = []
    for _glyph, part in bases:
        record = otTables.BaseRecord()
        record.BaseAnchor = part.LigatureAnchor
        made.BaseArray.BaseRecord.append(record)
    made.BaseArray.BaseCount = len(bases)
    return made


def main(source, target):
    font = TTFont(source)
    keep_half_space(font)
    keep_marks(font, split_ligatures(font))
    font["maxp"].numGlyphs = len(font.getGlyphOrder())
    font.save(target)


if __name__ == "__main__":
    main(*sys.argv[1:])
