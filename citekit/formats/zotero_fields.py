"""Zotero's fields, item types and roles, and CSL's, by tables.

Source: Zotero's `schema.json` (https://github.com/zotero/zotero-schema, "csl" and "baseFields" of version 30 and
later), by which Zotero itself makes CSL-JSON.
"""

from __future__ import annotations

__all__ = ["CSL_FIELD", "CSL_ROLE", "CSL_TYPE", "DATE_FIELDS", "field_of", "role_of", "zotero_type"]

CSL_TYPE = {
    "artwork": "graphic", "attachment": "document", "audioRecording": "song", "bill": "bill",
    "blogPost": "post-weblog", "book": "book", "bookSection": "chapter", "case": "legal_case",
    "computerProgram": "software", "conferencePaper": "paper-conference", "dataset": "dataset",
    "dictionaryEntry": "entry-dictionary", "document": "document", "email": "personal_communication",
    "encyclopediaArticle": "entry-encyclopedia", "film": "motion_picture", "forumPost": "post",
    "hearing": "hearing", "instantMessage": "personal_communication", "interview": "interview",
    "journalArticle": "article-journal", "letter": "personal_communication", "magazineArticle": "article-magazine",
    "manuscript": "manuscript", "map": "map", "newspaperArticle": "article-newspaper", "patent": "patent",
    "podcast": "broadcast", "preprint": "article", "presentation": "speech", "radioBroadcast": "broadcast",
    "report": "report", "standard": "standard", "statute": "legislation", "thesis": "thesis",
    "tvBroadcast": "broadcast", "videoRecording": "motion_picture", "webpage": "webpage",
}  # fmt: skip
"""Zotero's item type → CSL type."""

_ZOTERO_TYPE = {
    "personal_communication": "letter", "motion_picture": "film", "broadcast": "radioBroadcast",
    "document": "document", "classic": "book", "collection": "book", "periodical": "book", "pamphlet": "book",
    "entry": "encyclopediaArticle", "figure": "artwork", "musical_score": "book", "performance": "presentation",
    "regulation": "statute", "review": "journalArticle", "review-book": "journalArticle", "treaty": "document",
    "event": "presentation",
}  # fmt: skip
_ZOTERO_TYPE = {kind: own for own, kind in CSL_TYPE.items() if kind not in _ZOTERO_TYPE} | _ZOTERO_TYPE

CSL_FIELD = {
    "abstractNote": "abstract", "archive": "archive", "archiveLocation": "archive_location",
    "callNumber": "call-number", "applicationNumber": "call-number", "citationKey": "citation-key",
    "court": "authority", "legislativeBody": "authority", "issuingAuthority": "authority", "authority": "authority",
    "committee": "section", "section": "section", "session": "chapter-number", "series": "collection-title",
    "seriesTitle": "collection-title", "seriesNumber": "collection-number", "publicationTitle": "container-title",
    "bookTitle": "container-title", "proceedingsTitle": "container-title", "encyclopediaTitle": "container-title",
    "dictionaryTitle": "container-title", "programTitle": "container-title", "blogTitle": "container-title",
    "forumTitle": "container-title", "websiteTitle": "container-title", "reporter": "container-title",
    "code": "container-title", "journalAbbreviation": "container-title-short", "artworkSize": "dimensions",
    "runningTime": "dimensions", "DOI": "DOI", "edition": "edition", "conferenceName": "event-title",
    "meetingName": "event-title", "type": "genre", "genre": "genre", "programmingLanguage": "genre",
    "thesisType": "genre", "reportType": "genre", "manuscriptType": "genre", "mapType": "genre", "letterType": "genre",
    "postType": "genre", "websiteType": "genre", "presentationType": "genre", "ISBN": "ISBN", "ISSN": "ISSN",
    "issue": "issue", "priorityNumbers": "issue", "language": "language", "rights": "license", "medium": "medium",
    "system": "medium", "artworkMedium": "medium", "interviewMedium": "medium", "videoRecordingFormat": "medium",
    "audioRecordingFormat": "medium", "audioFileType": "medium", "number": "number", "billNumber": "number",
    "reportNumber": "number", "patentNumber": "number", "publicLawNumber": "number", "docketNumber": "number",
    "documentNumber": "number", "episodeNumber": "number", "archiveID": "number", "identifier": "number",
    "numPages": "number-of-pages", "numberOfVolumes": "number-of-volumes", "pages": "page", "firstPage": "page",
    "codePages": "page", "publisher": "publisher", "university": "publisher", "institution": "publisher",
    "label": "publisher", "distributor": "publisher", "studio": "publisher", "network": "publisher",
    "company": "publisher", "repository": "publisher", "organization": "publisher", "place": "publisher-place",
    "history": "references", "references": "references", "scale": "scale", "shortTitle": "title-short",
    "libraryCatalog": "source", "legalStatus": "status", "status": "status", "title": "title", "caseName": "title",
    "nameOfAct": "title", "subject": "title", "url": "URL", "versionNumber": "version", "version": "version",
    "volume": "volume", "reporterVolume": "volume", "codeVolume": "volume", "codeNumber": "volume",
    "date": "issued", "dateDecided": "issued", "dateEnacted": "issued", "issueDate": "issued",
    "accessDate": "accessed", "filingDate": "submitted", "originalDate": "original-date",
    "originalPublisher": "original-publisher", "originalPlace": "original-publisher-place", "eventPlace": "event-place",
    "volumeTitle": "volume-title", "partNumber": "part-number", "partTitle": "part-title", "PMID": "PMID",
    "PMCID": "PMCID",
}  # fmt: skip
"""Zotero's field → CSL variable; `extra` is read by itself."""

DATE_FIELDS = frozenset({"issued", "accessed", "submitted", "original-date"})

# What the type of an item calls a variable; of all others the base field.
_OWN_FIELD = {
    "bookSection": {"container-title": "bookTitle"},
    "conferencePaper": {"container-title": "proceedingsTitle", "event-title": "conferenceName"},
    "encyclopediaArticle": {"container-title": "encyclopediaTitle"},
    "dictionaryEntry": {"container-title": "dictionaryTitle"},
    "radioBroadcast": {"container-title": "programTitle", "publisher": "network", "number": "episodeNumber"},
    "blogPost": {"container-title": "blogTitle", "genre": "websiteType"},
    "forumPost": {"container-title": "forumTitle", "genre": "postType"},
    "webpage": {"container-title": "websiteTitle", "genre": "websiteType"},
    "case": {"title": "caseName", "container-title": "reporter", "volume": "reporterVolume", "page": "firstPage",
             "issued": "dateDecided", "number": "docketNumber", "authority": "court"},
    "statute": {"title": "nameOfAct", "container-title": "code", "number": "publicLawNumber", "issued": "dateEnacted"},
    "bill": {"number": "billNumber", "volume": "codeVolume", "container-title": "code"},
    "hearing": {"number": "documentNumber"},
    "thesis": {"publisher": "university", "genre": "thesisType"},
    "report": {"publisher": "institution", "number": "reportNumber", "genre": "reportType"},
    "manuscript": {"genre": "manuscriptType"},
    "map": {"genre": "mapType"},
    "letter": {"genre": "letterType"},
    "presentation": {"genre": "presentationType", "event-title": "meetingName"},
    "artwork": {"medium": "artworkMedium", "dimensions": "artworkSize"},
    "film": {"publisher": "distributor", "genre": "genre", "dimensions": "runningTime"},
    "audioRecording": {"publisher": "label", "medium": "audioRecordingFormat"},
    "computerProgram": {"publisher": "company", "version": "versionNumber", "genre": "programmingLanguage"},
    "patent": {"number": "patentNumber", "issued": "issueDate", "submitted": "filingDate"},
    "preprint": {"publisher": "repository", "number": "archiveID"},
    "interview": {"medium": "interviewMedium"},
    "dataset": {"number": "identifier", "publisher": "repository"},
    "standard": {"publisher": "organization"},
}  # fmt: skip
_BASE_FIELD: dict[str, str] = {}
for _field, _variable in CSL_FIELD.items():
    _BASE_FIELD.setdefault(_variable, _field)
_BASE_FIELD |= {"genre": "type", "authority": "authority", "section": "section", "dimensions": "runningTime"}
_BASE_FIELD |= {"container-title": "publicationTitle", "call-number": "callNumber"}

CSL_ROLE = {
    "author": "author", "editor": "editor", "translator": "translator", "bookAuthor": "container-author",
    "seriesEditor": "collection-editor", "contributor": "contributor", "interviewer": "interviewer",
    "recipient": "recipient", "reviewedAuthor": "reviewed-author", "composer": "composer", "director": "director",
    "producer": "producer", "executiveProducer": "executive-producer", "scriptwriter": "script-writer",
    "guest": "guest", "host": "host", "narrator": "narrator", "castMember": "performer", "chair": "chair",
    "compiler": "compiler", "curator": "curator", "illustrator": "illustrator", "organizer": "organizer",
    "originalCreator": "original-author", "seriesCreator": "series-creator",
    "artist": "author", "cartographer": "author", "programmer": "author", "presenter": "author",
    "podcaster": "author", "inventor": "author", "interviewee": "author", "performer": "author", "sponsor": "author",
}  # fmt: skip
"""Zotero's role → CSL's; those that Zotero has for the maker of one kind of work are its author."""
_MAKER = {
    "artwork": "artist", "map": "cartographer", "computerProgram": "programmer", "presentation": "presenter",
    "podcast": "podcaster", "patent": "inventor", "interview": "interviewee", "audioRecording": "performer",
    "bill": "sponsor",
}  # fmt: skip


def zotero_type(kind: str) -> str:
    """Zotero's item type for a CSL type; "document" for one that it has none for."""
    return _ZOTERO_TYPE.get(kind, "document")


def field_of(variable: str, item_type: str) -> str | None:
    """What an item of this type calls a variable, None where Zotero has no field for it."""
    return _OWN_FIELD.get(item_type, {}).get(variable) or _BASE_FIELD.get(variable)


def role_of(variable: str, item_type: str) -> str | None:
    """Zotero's role for a CSL one, None where it has none."""
    if variable == "author":
        return _MAKER.get(item_type, "author")
    return next((own for own, role in CSL_ROLE.items() if role == variable), None)
