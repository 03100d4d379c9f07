// The book in a terminal: Markdown in, lines of styled text out.
//
// Read the files in the order in which a document passes through them:
//
// 1. `Source`      the bytes as lines: front matter and footnotes out, link definitions noted;
// 2. `Block`       the immutable tree that `CmarkTree` copies out of libcmark;
// 3. `TableSyntax`, `AlertSyntax`   what CommonMark lacks, recognised on the way;
// 4. `Document`    the tree with its headings, anchors and sections;
// 5. `Layout`      blocks to `Line`s of `Span`s, with `Wrapper` for paragraphs and `Highlighter` for code;
// 6. `Writer`      lines to bytes: plain text, or the same text with colours and links for a terminal.
//
// `Flattener` turns a tree of inlines into running text; `Layout+Table` lays out tables; `DisplayWidth`, with
// `WideRanges`, is how wide a character is; `Theme` is how kinds of text look; `Language` is what `Highlighter` knows
// about a language.
//
// `Book` is the chapters in a `Folder` and, by `LabFolder`, the sheets of the labs. `Book+Resolve` finds the `Place`
// that a person names, a section by its `SectionName`; if there is none, a `ReadingError` has `Suggestions`. `Contents`
// lists them, `SectionOrder` says which comes first, and `Figures` are the commands in a chapter and what they printed,
// to which `Document+Figures` adds notes where the solutions are missing. `UInt8+Ascii` names the bytes that all of
// them look for.
//
// Two invariants hold for every input, however hostile. Text reaches a line only through `Span`, which lets no
// control character pass. And plain text is what remains of the coloured text when the escapes are taken away.
