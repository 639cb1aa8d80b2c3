CREATE TABLE document (
  document TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  format TEXT NOT NULL,
  publisher TEXT,
  title TEXT,
  kind TEXT,
  published_on TEXT,
  financial_years TEXT,
  replaces TEXT,
  guessed TEXT,
  pages INTEGER,
  is_read INTEGER NOT NULL,
  is_whole INTEGER NOT NULL,
  duplicate_of TEXT,
  source_url TEXT,
  licence TEXT,
  note TEXT,
  PRIMARY KEY (document),
  CHECK ("is_read" IN (0, 1)),
  CHECK ("is_whole" IN (0, 1))
) STRICT;

CREATE TABLE page (
  document TEXT NOT NULL,
  page INTEGER NOT NULL,
  width REAL NOT NULL,
  height REAL NOT NULL,
  source TEXT NOT NULL,
  words INTEGER NOT NULL,
  PRIMARY KEY (document, page),
  FOREIGN KEY(document) REFERENCES document (document)
) STRICT;

CREATE TABLE printed_table (
  document TEXT NOT NULL,
  table_number INTEGER NOT NULL,
  title TEXT,
  subtitle TEXT,
  intro TEXT,
  heading_path TEXT,
  row_count INTEGER NOT NULL,
  column_count INTEGER NOT NULL,
  header_rows INTEGER NOT NULL,
  repeated_headers INTEGER NOT NULL,
  joined_rows TEXT,
  reader TEXT NOT NULL,
  reasons TEXT,
  parent_table INTEGER,
  parent_row INTEGER,
  parent_column INTEGER,
  page INTEGER,
  x0 REAL,
  top REAL,
  x1 REAL,
  bottom REAL,
  paragraph INTEGER,
  PRIMARY KEY (document, table_number),
  FOREIGN KEY(document) REFERENCES document (document)
) STRICT;

CREATE TABLE cell (
  document TEXT NOT NULL,
  table_number INTEGER NOT NULL,
  "row" INTEGER NOT NULL,
  "column" INTEGER NOT NULL,
  row_span INTEGER NOT NULL,
  column_span INTEGER NOT NULL,
  text TEXT NOT NULL,
  raw TEXT NOT NULL,
  marks TEXT,
  is_header INTEGER NOT NULL,
  confidence REAL,
  page INTEGER,
  x0 REAL,
  top REAL,
  x1 REAL,
  bottom REAL,
  paragraph INTEGER,
  PRIMARY KEY (document, table_number, "row", "column"),
  CHECK ("is_header" IN (0, 1)),
  FOREIGN KEY(document, table_number) REFERENCES printed_table (document, table_number)
) STRICT;

CREATE TABLE cell_place (
  document TEXT NOT NULL,
  table_number INTEGER NOT NULL,
  "row" INTEGER NOT NULL,
  "column" INTEGER NOT NULL,
  position INTEGER NOT NULL,
  page INTEGER,
  x0 REAL,
  top REAL,
  x1 REAL,
  bottom REAL,
  paragraph INTEGER,
  PRIMARY KEY (document, table_number, "row", "column", position),
  FOREIGN KEY(document, table_number, "row", "column") REFERENCES cell (document, table_number, "row", "column")
) STRICT;

CREATE TABLE budget_column (
  document TEXT NOT NULL,
  table_number INTEGER NOT NULL,
  "column" INTEGER NOT NULL,
  role TEXT NOT NULL,
  heading TEXT NOT NULL,
  evidence TEXT NOT NULL,
  PRIMARY KEY (document, table_number, "column"),
  FOREIGN KEY(document, table_number) REFERENCES printed_table (document, table_number)
) STRICT;

CREATE TABLE number_seen (
  document TEXT NOT NULL,
  table_number INTEGER NOT NULL,
  "row" INTEGER NOT NULL,
  "column" INTEGER NOT NULL,
  position INTEGER NOT NULL,
  text TEXT NOT NULL,
  reason TEXT,
  PRIMARY KEY (document, table_number, "row", "column", position),
  FOREIGN KEY(document, table_number) REFERENCES printed_table (document, table_number)
) STRICT;

CREATE TABLE line (
  line_id TEXT NOT NULL,
  document TEXT NOT NULL,
  position INTEGER NOT NULL,
  table_number INTEGER,
  "row" INTEGER,
  table_title TEXT,
  section TEXT,
  theme TEXT,
  service_printed TEXT,
  service_cell TEXT,
  provider TEXT,
  provider_printed TEXT,
  provision TEXT,
  mechanism TEXT,
  mechanism_printed TEXT,
  reach TEXT,
  reach_printed TEXT,
  priorities TEXT,
  note TEXT,
  page INTEGER,
  x0 REAL,
  top REAL,
  x1 REAL,
  bottom REAL,
  paragraph INTEGER,
  PRIMARY KEY (line_id),
  FOREIGN KEY(document) REFERENCES document (document),
  FOREIGN KEY(document, table_number) REFERENCES printed_table (document, table_number)
) STRICT;

CREATE TABLE amount (
  amount_id TEXT NOT NULL,
  line_id TEXT NOT NULL,
  document TEXT NOT NULL,
  position INTEGER NOT NULL,
  "column" INTEGER,
  financial_year TEXT,
  phase TEXT NOT NULL,
  pence INTEGER,
  printed TEXT NOT NULL,
  unit_pence INTEGER NOT NULL,
  year_source TEXT,
  phase_source TEXT,
  note TEXT,
  flags TEXT,
  status TEXT NOT NULL,
  status_reason TEXT,
  is_current INTEGER NOT NULL,
  confidence REAL,
  second_reading TEXT,
  page INTEGER,
  x0 REAL,
  top REAL,
  x1 REAL,
  bottom REAL,
  paragraph INTEGER,
  PRIMARY KEY (amount_id),
  CHECK ("status" IN ('proven', 'unproven', 'contradicted')),
  CHECK ("is_current" IN (0, 1)),
  FOREIGN KEY(document) REFERENCES document (document),
  FOREIGN KEY(line_id) REFERENCES line (line_id)
) STRICT;

CREATE TABLE total (
  document TEXT NOT NULL,
  table_number INTEGER,
  "row" INTEGER,
  "column" INTEGER,
  table_title TEXT,
  section TEXT,
  label TEXT NOT NULL,
  financial_year TEXT,
  phase TEXT,
  pence INTEGER,
  printed TEXT NOT NULL,
  computed_pence INTEGER,
  verdict TEXT NOT NULL,
  explanation TEXT,
  second_reading TEXT,
  passage INTEGER,
  page INTEGER,
  x0 REAL,
  top REAL,
  x1 REAL,
  bottom REAL,
  paragraph INTEGER,
  total_id INTEGER NOT NULL,
  PRIMARY KEY (total_id),
  CHECK ("verdict" IN ('agrees', 'rounding', 'misread', 'publisher', 'cannot_tell')),
  UNIQUE (document, table_number, "row", "column", passage),
  FOREIGN KEY(document) REFERENCES document (document),
  FOREIGN KEY(document, table_number) REFERENCES printed_table (document, table_number)
) STRICT;

CREATE TABLE sum_check (
  document TEXT,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  scope TEXT NOT NULL,
  expected REAL,
  found REAL,
  difference REAL,
  verdict TEXT NOT NULL,
  explanation TEXT NOT NULL,
  table_number INTEGER,
  page INTEGER,
  x0 REAL,
  top REAL,
  x1 REAL,
  bottom REAL,
  paragraph INTEGER,
  PRIMARY KEY (position),
  FOREIGN KEY(document) REFERENCES document (document)
) STRICT;

CREATE TABLE issue (
  document TEXT,
  position INTEGER NOT NULL,
  code TEXT NOT NULL,
  severity TEXT NOT NULL,
  message TEXT NOT NULL,
  printed TEXT,
  table_number INTEGER,
  page INTEGER,
  x0 REAL,
  top REAL,
  x1 REAL,
  bottom REAL,
  paragraph INTEGER,
  PRIMARY KEY (position)
) STRICT;

CREATE TABLE passage (
  document TEXT NOT NULL,
  "key" TEXT NOT NULL,
  position INTEGER NOT NULL,
  heading TEXT,
  number TEXT,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  page INTEGER,
  x0 REAL,
  top REAL,
  x1 REAL,
  bottom REAL,
  paragraph INTEGER,
  passage_id INTEGER NOT NULL,
  PRIMARY KEY (passage_id),
  UNIQUE (document, "key"),
  FOREIGN KEY(document) REFERENCES document (document)
) STRICT;

CREATE TABLE narrative_amount (
  document TEXT NOT NULL,
  position INTEGER NOT NULL,
  passage_key TEXT,
  heading TEXT,
  paragraph TEXT,
  sentence TEXT NOT NULL,
  printed TEXT NOT NULL,
  pence INTEGER,
  pence_to INTEGER,
  qualifier TEXT,
  qualifier_words TEXT,
  kind TEXT,
  subject TEXT,
  financial_year TEXT,
  verdict TEXT,
  explanation TEXT,
  page INTEGER,
  x0 REAL,
  top REAL,
  x1 REAL,
  bottom REAL,
  word_paragraph INTEGER,
  PRIMARY KEY (document, position),
  FOREIGN KEY(document) REFERENCES document (document)
) STRICT;

CREATE TABLE percentage (
  document TEXT NOT NULL,
  position INTEGER NOT NULL,
  passage_key TEXT,
  heading TEXT,
  paragraph TEXT,
  sentence TEXT NOT NULL,
  printed TEXT NOT NULL,
  value REAL NOT NULL,
  qualifier TEXT,
  qualifier_words TEXT,
  subject TEXT,
  financial_year TEXT,
  verdict TEXT,
  explanation TEXT,
  page INTEGER,
  x0 REAL,
  top REAL,
  x1 REAL,
  bottom REAL,
  word_paragraph INTEGER,
  PRIMARY KEY (document, position),
  FOREIGN KEY(document) REFERENCES document (document)
) STRICT;

CREATE TABLE mention (
  document TEXT NOT NULL,
  position INTEGER NOT NULL,
  passage_key TEXT NOT NULL,
  kind TEXT NOT NULL,
  printed TEXT NOT NULL,
  value TEXT NOT NULL,
  heading TEXT,
  number TEXT,
  page INTEGER,
  x0 REAL,
  top REAL,
  x1 REAL,
  bottom REAL,
  paragraph INTEGER,
  PRIMARY KEY (document, position),
  FOREIGN KEY(document) REFERENCES document (document)
) STRICT;

CREATE TABLE comment (
  document TEXT NOT NULL,
  position INTEGER NOT NULL,
  number TEXT,
  theme TEXT,
  question TEXT,
  comment TEXT,
  response TEXT,
  response_joined INTEGER NOT NULL,
  tally TEXT,
  page INTEGER,
  x0 REAL,
  top REAL,
  x1 REAL,
  bottom REAL,
  paragraph INTEGER,
  PRIMARY KEY (document, position),
  CHECK ("response_joined" IN (0, 1)),
  FOREIGN KEY(document) REFERENCES document (document)
) STRICT;

CREATE TABLE term (
  document TEXT NOT NULL,
  position INTEGER NOT NULL,
  term TEXT NOT NULL,
  meaning TEXT NOT NULL,
  source TEXT NOT NULL,
  page INTEGER,
  x0 REAL,
  top REAL,
  x1 REAL,
  bottom REAL,
  paragraph INTEGER,
  PRIMARY KEY (document, position),
  FOREIGN KEY(document) REFERENCES document (document)
) STRICT;

CREATE TABLE priority (
  document TEXT NOT NULL,
  position INTEGER NOT NULL,
  code TEXT,
  theme TEXT,
  priority TEXT NOT NULL,
  page INTEGER,
  x0 REAL,
  top REAL,
  x1 REAL,
  bottom REAL,
  paragraph INTEGER,
  PRIMARY KEY (document, position),
  FOREIGN KEY(document) REFERENCES document (document)
) STRICT;

CREATE TABLE line_priority (
  line_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  document TEXT NOT NULL,
  code TEXT NOT NULL,
  theme TEXT,
  priority TEXT,
  PRIMARY KEY (line_id, position),
  FOREIGN KEY(document) REFERENCES document (document),
  FOREIGN KEY(line_id) REFERENCES line (line_id)
) STRICT;

CREATE TABLE form_answer (
  document TEXT NOT NULL,
  position INTEGER NOT NULL,
  form TEXT,
  label TEXT NOT NULL,
  answer TEXT,
  checked INTEGER,
  page INTEGER,
  x0 REAL,
  top REAL,
  x1 REAL,
  bottom REAL,
  paragraph INTEGER,
  PRIMARY KEY (document, position),
  CHECK ("checked" IN (0, 1)),
  FOREIGN KEY(document) REFERENCES document (document)
) STRICT;

CREATE TABLE provider (
  provider_id TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT,
  official_code TEXT,
  company_number TEXT,
  charity_number TEXT,
  source TEXT,
  PRIMARY KEY (provider_id)
) STRICT;

CREATE TABLE provider_name (
  document TEXT NOT NULL,
  printed TEXT NOT NULL,
  position INTEGER NOT NULL,
  provider_id TEXT,
  role TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  page INTEGER,
  x0 REAL,
  top REAL,
  x1 REAL,
  bottom REAL,
  paragraph INTEGER,
  PRIMARY KEY (document, printed, position),
  FOREIGN KEY(document) REFERENCES document (document),
  FOREIGN KEY(provider_id) REFERENCES provider (provider_id)
) STRICT;

CREATE TABLE service (
  service_id TEXT NOT NULL,
  name TEXT NOT NULL,
  theme TEXT,
  PRIMARY KEY (service_id)
) STRICT;

CREATE TABLE service_link (
  line_id TEXT NOT NULL,
  service_id TEXT NOT NULL,
  financial_years TEXT,
  decided_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  score REAL,
  PRIMARY KEY (line_id),
  FOREIGN KEY(line_id) REFERENCES line (line_id),
  FOREIGN KEY(service_id) REFERENCES service (service_id)
) STRICT;

CREATE TABLE service_event (
  position INTEGER NOT NULL,
  document TEXT,
  kind TEXT NOT NULL,
  from_services TEXT,
  to_services TEXT,
  financial_year TEXT,
  evidence TEXT NOT NULL,
  confidence REAL,
  decided_by TEXT NOT NULL,
  publisher TEXT,
  from_ids TEXT,
  to_ids TEXT,
  pence INTEGER,
  page INTEGER,
  x0 REAL,
  top REAL,
  x1 REAL,
  bottom REAL,
  paragraph INTEGER,
  PRIMARY KEY (position)
) STRICT;

CREATE TABLE service_pair (
  position INTEGER NOT NULL,
  earlier_line TEXT NOT NULL,
  later_line TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  rule TEXT,
  reason TEXT NOT NULL,
  bits REAL NOT NULL,
  margin REAL NOT NULL,
  pence INTEGER NOT NULL,
  publisher TEXT NOT NULL,
  earlier_service TEXT NOT NULL,
  earlier_provider TEXT NOT NULL,
  earlier_years TEXT NOT NULL,
  later_service TEXT NOT NULL,
  later_provider TEXT NOT NULL,
  later_years TEXT NOT NULL,
  PRIMARY KEY (position),
  FOREIGN KEY(earlier_line) REFERENCES line (line_id),
  FOREIGN KEY(later_line) REFERENCES line (line_id)
) STRICT;

CREATE TABLE pair_evidence (
  earlier_line TEXT NOT NULL,
  later_line TEXT NOT NULL,
  position INTEGER NOT NULL,
  evidence TEXT NOT NULL,
  level TEXT NOT NULL,
  words TEXT NOT NULL,
  bits REAL NOT NULL,
  PRIMARY KEY (earlier_line, later_line, position)
) STRICT;

CREATE TABLE provider_question (
  position INTEGER NOT NULL,
  document TEXT,
  publisher TEXT NOT NULL,
  printed TEXT NOT NULL,
  same_as TEXT NOT NULL,
  reason TEXT NOT NULL,
  pence INTEGER NOT NULL,
  PRIMARY KEY (position)
) STRICT;

CREATE TABLE reach_place (
  publisher TEXT NOT NULL,
  printed TEXT NOT NULL,
  position INTEGER NOT NULL,
  area_code TEXT,
  area TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (publisher, printed, position)
) STRICT;

CREATE TABLE history (
  service_id TEXT NOT NULL,
  service TEXT NOT NULL,
  provider TEXT,
  theme TEXT,
  financial_year TEXT NOT NULL,
  pence INTEGER,
  phase TEXT NOT NULL,
  document TEXT,
  restated TEXT,
  amount_id TEXT,
  page INTEGER,
  x0 REAL,
  top REAL,
  x1 REAL,
  bottom REAL,
  paragraph INTEGER,
  PRIMARY KEY (service_id, financial_year),
  FOREIGN KEY(service_id) REFERENCES service (service_id),
  FOREIGN KEY(amount_id) REFERENCES amount (amount_id)
) STRICT;

CREATE TABLE lead (
  position INTEGER NOT NULL,
  document TEXT,
  rule TEXT NOT NULL,
  question TEXT NOT NULL,
  pence INTEGER,
  receipts TEXT NOT NULL,
  page INTEGER,
  x0 REAL,
  top REAL,
  x1 REAL,
  bottom REAL,
  paragraph INTEGER,
  PRIMARY KEY (position)
) STRICT;

CREATE TABLE change (
  position INTEGER NOT NULL,
  document TEXT,
  kind TEXT NOT NULL,
  service TEXT,
  financial_year TEXT,
  "before" TEXT,
  "after" TEXT,
  explanation TEXT NOT NULL,
  PRIMARY KEY (position)
) STRICT;

CREATE TABLE publisher_year (
  publisher TEXT NOT NULL,
  financial_year TEXT NOT NULL,
  documents INTEGER NOT NULL,
  lines INTEGER NOT NULL,
  printed_total_pence INTEGER,
  proven_pence INTEGER NOT NULL,
  unproven_pence INTEGER NOT NULL,
  contradicted_pence INTEGER NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (publisher, financial_year)
) STRICT;

CREATE TABLE run (
  run INTEGER NOT NULL,
  started TEXT NOT NULL,
  finished TEXT NOT NULL,
  version TEXT NOT NULL,
  documents_read INTEGER NOT NULL,
  documents_unchanged INTEGER NOT NULL,
  documents_failed INTEGER NOT NULL,
  amounts INTEGER NOT NULL,
  stages TEXT NOT NULL,
  inputs TEXT,
  PRIMARY KEY (run)
) STRICT;

CREATE INDEX amount_by_financial_year ON amount (financial_year);

CREATE INDEX amount_by_line_id_position ON amount (line_id, position);

CREATE INDEX issue_by_code ON issue (code);

CREATE INDEX line_by_document_position ON line (document, position);

CREATE INDEX mention_by_kind_value ON mention (kind, value);

CREATE INDEX passage_by_document_position ON passage (document, position);

CREATE INDEX service_link_by_service_id ON service_link (service_id);
