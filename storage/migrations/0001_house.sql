-- The house's first tables. Frozen: later changes are migrations of their own. Braces are filled in per database.

CREATE TABLE mentions (
    id {row_id} NOT NULL,
    source TEXT NOT NULL,
    native_id TEXT NOT NULL,
    url TEXT,
    title TEXT,
    text TEXT NOT NULL,
    author TEXT,
    published_at {moment} NOT NULL,
    dated BOOLEAN NOT NULL,
    collected_at {moment} NOT NULL,
    edited_at {moment},
    deleted_at {moment},
    language TEXT,
    engagement BIGINT,
    reach BIGINT,
    reply_to TEXT,
    kind TEXT NOT NULL,
    story_id BIGINT NOT NULL,
    compound {real},
    label TEXT NOT NULL,
    method TEXT NOT NULL,
    evidence_start INTEGER,
    evidence_end INTEGER,
    scored_language TEXT,
    reason TEXT,
    content_hash {bytes} NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT mentions_identity UNIQUE (source, native_id)
);

CREATE INDEX mentions_newest ON mentions (published_at, id);

CREATE INDEX mentions_erased ON mentions (deleted_at) WHERE deleted_at IS NOT NULL;

CREATE INDEX mentions_story ON mentions (story_id);

CREATE TABLE matches (
    mention_id BIGINT NOT NULL,
    brand TEXT NOT NULL,
    source TEXT NOT NULL,
    spans JSON NOT NULL,
    relevance {real} NOT NULL,
    compound {real},
    label TEXT NOT NULL,
    method TEXT NOT NULL,
    evidence_start INTEGER,
    evidence_end INTEGER,
    language TEXT,
    reason TEXT,
    credit INTEGER NOT NULL,
    published_at {moment} NOT NULL,
    author_key BIGINT,
    story_id BIGINT,
    engagement BIGINT,
    PRIMARY KEY (mention_id, brand),
    FOREIGN KEY (mention_id) REFERENCES mentions (id) ON DELETE CASCADE
) {without_rowid};

CREATE INDEX matches_voice ON matches (brand, published_at, mention_id, label, compound, credit, engagement, author_key, story_id);

CREATE TABLE rollups_hourly (
    brand TEXT NOT NULL,
    hour {moment} NOT NULL,
    source TEXT NOT NULL,
    mentions BIGINT NOT NULL,
    credit BIGINT NOT NULL,
    engagement BIGINT NOT NULL,
    positive BIGINT NOT NULL,
    neutral BIGINT NOT NULL,
    negative BIGINT NOT NULL,
    unscored BIGINT NOT NULL,
    compound_millionths BIGINT NOT NULL,
    PRIMARY KEY (brand, hour, source)
) {without_rowid};

CREATE TABLE stories (
    id {row_id} NOT NULL,
    fingerprint {bytes} NOT NULL,
    published_at {moment} NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE runs (
    id {serial} NOT NULL,
    "key" TEXT NOT NULL,
    source TEXT NOT NULL,
    started_at {moment} NOT NULL,
    ended_at {moment} NOT NULL,
    covered_start {moment},
    covered_end {moment},
    fetched BIGINT NOT NULL,
    "new" BIGINT NOT NULL,
    updated BIGINT NOT NULL,
    unmatched BIGINT NOT NULL,
    skipped BIGINT NOT NULL,
    reason TEXT,
    detail TEXT,
    PRIMARY KEY (id)
);

CREATE INDEX runs_key ON runs ("key", started_at);

CREATE INDEX runs_started ON runs (started_at);

CREATE TABLE query_states (
    "key" TEXT NOT NULL,
    source TEXT NOT NULL,
    cursor JSON NOT NULL,
    next_due_at {moment} NOT NULL,
    failures INTEGER NOT NULL,
    last_ok_at {moment},
    covered_to {moment},
    PRIMARY KEY ("key")
);

CREATE TABLE campaign_results (
    id {serial} NOT NULL,
    platform TEXT NOT NULL,
    account TEXT NOT NULL,
    campaign_key TEXT NOT NULL,
    campaign_id TEXT,
    campaign TEXT,
    content TEXT NOT NULL,
    start_day DATE NOT NULL,
    end_day DATE NOT NULL,
    currency TEXT,
    spend_millionths BIGINT,
    revenue_millionths BIGINT,
    gross_profit_millionths BIGINT,
    conversions_millionths BIGINT,
    impressions BIGINT,
    reach BIGINT,
    clicks BIGINT,
    engagements BIGINT,
    sessions BIGINT,
    engaged_sessions BIGINT,
    leads BIGINT,
    orders BIGINT,
    new_customers BIGINT,
    active_users BIGINT,
    utm_source TEXT,
    utm_medium TEXT,
    utm_campaign TEXT,
    utm_term TEXT,
    utm_content TEXT,
    file_sha256 TEXT NOT NULL,
    file_row BIGINT NOT NULL,
    imported_at {moment} NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT campaign_results_identity UNIQUE (platform, account, campaign_key, content, start_day, end_day)
);

CREATE TABLE outbox (
    id {serial} NOT NULL,
    "key" TEXT NOT NULL,
    channel TEXT NOT NULL,
    payload JSON NOT NULL,
    created_at {moment} NOT NULL,
    parent TEXT,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    next_attempt_at {moment},
    sending_since {moment},
    sent_at {moment},
    reference TEXT,
    reason TEXT,
    detail TEXT,
    PRIMARY KEY (id),
    CONSTRAINT outbox_key UNIQUE ("key")
);

CREATE INDEX outbox_state ON outbox (state, id);

CREATE TABLE alert_log (
    id {serial} NOT NULL,
    rule TEXT NOT NULL,
    "key" TEXT NOT NULL,
    brand TEXT,
    severity TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    evidence JSON NOT NULL,
    window_start {moment} NOT NULL,
    window_end {moment} NOT NULL,
    at {moment} NOT NULL,
    decision TEXT NOT NULL,
    reason TEXT,
    PRIMARY KEY (id)
);

CREATE INDEX alert_log_key ON alert_log (rule, "key", at);

CREATE TABLE figures (
    id {serial} NOT NULL,
    figure_id TEXT NOT NULL,
    value {real},
    window_start {moment} NOT NULL,
    window_end {moment} NOT NULL,
    formula TEXT NOT NULL,
    inputs JSON NOT NULL,
    shown_at {moment} NOT NULL,
    shown_in TEXT NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT figures_identity UNIQUE (figure_id, shown_in)
);

CREATE TABLE leases (
    name TEXT NOT NULL,
    holder TEXT NOT NULL,
    pid INTEGER NOT NULL,
    host TEXT NOT NULL,
    since {moment} NOT NULL,
    token BIGINT NOT NULL,
    PRIMARY KEY (name)
);
