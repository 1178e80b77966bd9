-- What all campaigns share: a submission, the secrets that open it, the person kept apart from the content,
-- consents as records, and append-only events. The content lives in the tables of the submission's kind.

create table app.submissions (
  id uuid primary key,                       -- the phone makes it, so that a retry finds the same row
  convocatoria_id uuid not null references app.convocatorias,
  kind text not null references app.campaign_kinds,
  folio text not null unique,
  state text not null default 'received' check (state in ('received', 'in_review', 'correction_requested',
    'accepted', 'rejected', 'published', 'not_selected', 'withdrawn', 'expired')),
  version int not null default 1,            -- grows with every visible change
  captured_at timestamptz not null,          -- claimed by the phone
  received_at timestamptz not null default app.now(),
  late boolean not null,
  correction_until timestamptz,
  withdrawn_from text,                       -- the state that an undo restores; null once the withdrawal is final
  withdrawn_at timestamptz,
  published_at timestamptz,
  quarantined_at timestamptz,                -- part of a flood, hidden from the queue until staff release it
  answered_at timestamptz,                   -- when staff first gave the answer that stands; null while it is open
  has_contact boolean not null default false,   -- its author left a name or an address, and it is still kept
  contact_erased_at timestamptz,             -- a name or address was kept until then
  content_erased_at timestamptz,             -- what the author wrote, sent or attended was kept until then
  check ((state = 'correction_requested') <= (correction_until is not null)),
  check ((state = 'published') <= (published_at is not null)),
  check ((withdrawn_from is not null) <= (state = 'withdrawn' and withdrawn_at is not null))
);
create index submissions_queue on app.submissions (convocatoria_id, received_at, id) where quarantined_at is null;
create index submissions_by_state on app.submissions (convocatoria_id, state, received_at, id);
create index submissions_quarantined on app.submissions (received_at, id) where quarantined_at is not null;
create index submissions_published on app.submissions (convocatoria_id, published_at desc, id desc)
  where state = 'published';
create index submissions_correcting on app.submissions (correction_until) where state = 'correction_requested';
create index submissions_withdrawing on app.submissions (withdrawn_at) where withdrawn_from is not null;
create index submissions_with_contact on app.submissions (convocatoria_id, answered_at) where has_contact;
create index submissions_with_content on app.submissions (convocatoria_id, state) where content_erased_at is null;
alter table app.submissions enable row level security;
comment on table app.submissions is
  'Personal data: state and dates of what a person sent. Readers: its author, staff of its campaign. Kept: for the'
  ' years that the settings keep records after the end of its campaign. Deleted by: app.forget_records.';

-- Whoever holds a secret is the author. Only the hash is stored. Recovering a link adds a secret.
create table app.access_secrets (
  submission_id uuid not null references app.submissions on delete cascade,
  secret_hash text not null,
  created_at timestamptz not null default app.now(),
  primary key (submission_id, secret_hash)
);
alter table app.access_secrets enable row level security;
comment on table app.access_secrets is
  'Personal data: hashes of the private links of an author. Readers: the server. Kept: with the submission. Deleted'
  ' by: app.forget_records.';

-- Personal data, kept apart from content: there is one place to read, export, block and erase it.
create table app.contacts (
  submission_id uuid primary key references app.submissions on delete cascade,
  display_name text check (app.visible_length(display_name) > 0 and char_length(display_name) <= 80),
  email text check (email = app.canonical_email(email)),
  email_key text,                            -- app.address_key(email)
  email_unusable boolean not null default false   -- an address was given that no letter can reach
);
create index contacts_by_email on app.contacts (email_key);
alter table app.contacts enable row level security;
comment on table app.contacts is
  'Personal data: name and address that an author gave. Readers: its author, staff of its campaign. Kept: emptied by'
  ' app.erase_contacts at the end of its period, by app.erase_withdrawn and by app.erase_attendance; the empty row with'
  ' the submission. Deleted by: app.forget_records.';

-- One row per choice, with the hash of the notice text that it answered.
create table app.consents (
  submission_id uuid not null references app.submissions on delete cascade,
  key text not null,
  notice_id uuid not null references app.notices,
  notice_hash text not null,
  granted boolean not null,
  locale text not null,
  consented_at timestamptz not null,         -- claimed by the phone
  recorded_at timestamptz not null default app.now(),
  channel text not null default 'app' check (channel in ('app', 'telephone', 'in_person', 'letter', 'paper', 'brigade')),
  noted_by uuid check ((noted_by is null) = (channel = 'app')),   -- the member who noted the answer: heard it, read it on paper, or handed their phone to the author
  primary key (submission_id, key)
);
create index on app.consents (notice_id);
alter table app.consents enable row level security;
comment on table app.consents is
  'Personal data: what an author accepted, when, and which member of staff noted it for them. Readers: its author, staff of'
  ' its campaign. Kept: with the'
  ' submission. Deleted by: app.forget_records.';

-- Every step of a submission. Append-only: an undo adds an event that names the event it reverts.
create table app.review_events (
  id uuid primary key default gen_random_uuid(),
  seq bigint generated always as identity unique,
  submission_id uuid not null references app.submissions on delete cascade,
  at timestamptz not null default app.now(),
  source text not null check (source in ('staff', 'author', 'system')),
  actor_id uuid check ((actor_id is not null) = (source = 'staff')),
  kind text not null check (kind in ('received', 'in_review', 'request_correction', 'accept', 'reject', 'publish',
    'not_select', 'take_back', 'reopen', 'review_asked', 'uphold', 'corrected', 'file_replaced', 'transcribed', 'captioned',
    'voiceless', 'prepared', 'copy_noted', 'copy_removed', 'correction_lapsed', 'withdrawn', 'withdrawal_undone', 'undone', 'licence_ended', 'confirmed', 'admitted', 'seat_lapsed',
     'arrival_undone', 'amended', 'day_moved', 'day_released', 'seat_given', 'substituted', 'substitutes', 'approved', 'seat_not_kept', 'constancia_issued', 'constancia_reissued',
     'constancia_revoked', 'merged', 'parted', 'split', 'joined', 'answered', 'followed',
     'guardian_asked', 'guardian_answered', 'minor_checked')),
  from_state text,
  to_state text not null,
  reason_code text check (reason_code in ('discriminatory', 'third_party_data', 'propaganda', 'copyright',
    'minor_unauthorised', 'off_topic', 'unintelligible', 'duplicate', 'other')),
  duplicate_of text,               -- a folio, which may have been deleted since
  message text check (char_length(message) <= 2000),
  undoes uuid unique references app.review_events,
  completes uuid unique references app.review_events,   -- the acceptance that was decided together with this publication
  check ((kind = 'undone') = (undoes is not null))
);
create index on app.review_events (submission_id, seq);
alter table app.review_events enable row level security;
comment on table app.review_events is
  'Personal data: who of the staff decided what, and the words to the author. Readers: its author without the name,'
  ' staff of its campaign. Kept: with the submission. Deleted by: app.forget_records.';

-- Events are deleted only together with their submission, which is gone when its deletion reaches them.
create function app.keep_events() returns trigger
language plpgsql volatile set search_path = '' as $$
begin
  if tg_op = 'UPDATE' or exists (select from app.submissions s where s.id = old.submission_id) then
    raise exception '% is append-only', tg_table_name using errcode = '55000';
  end if;
  return old;
end $$;
create trigger review_events_are_append_only before update or delete on app.review_events
  for each row execute function app.keep_events();
create trigger review_events_are_kept before truncate on app.review_events
  for each statement execute function app.refuse_rewriting();

-- Whether this secret opens this submission. An unknown id and a wrong secret answer alike.
create function app.is_author(p_submission uuid, p_secret text) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return exists (select from app.access_secrets s
    where s.submission_id = p_submission and s.secret_hash = app.sha256_hex(p_secret));
end $$;

-- The submission, of this kind where one is named, that a folio and its secret prove to be the caller's. An unknown folio and
-- a wrong secret are refused alike.
create function app.own_submission(p_folio text, p_secret text, p_kind text default null) returns uuid
language plpgsql stable set search_path = '' as $$
declare
  v_id uuid := (select s.id from app.submissions s
    where s.folio = p_folio and (p_kind is null or s.kind = p_kind) and app.is_author(s.id, p_secret));
begin
  if v_id is null then perform app.refuse('submission_unknown', null, 404); end if;
  return v_id;
end $$;

-- What stands where a text was, for phones and staff alike.
create function app.erased_words() returns text
language plpgsql immutable set search_path = '' as $$
begin
  return 'Se borró al terminar su plazo de conservación, como dice el aviso de privacidad.';
end $$;

-- The submission, locked for a change. Takes the locks of its kind before the row, so that all writers lock
-- in one order. Raises PT409 `conflict` when the caller saw another version, and PT410 `submission_erased` when its period
-- is over: nothing is left to change.
create function app.lock_submission(p_id uuid, p_expected_version int) returns app.submissions
language plpgsql volatile set search_path = '' as $$
declare
  v_submission app.submissions;
  v_lock text := (select k.lock_function from app.submissions s join app.campaign_kinds k on k.kind = s.kind
    where s.id = p_id);
begin
  if v_lock is not null then execute format('select app.%I($1)', v_lock) using p_id; end if;
  select * into v_submission from app.submissions s where s.id = p_id for update;
  if not found then
    perform app.refuse('submission_unknown', null, 404);
  elsif v_submission.content_erased_at is not null then
    perform app.refuse('submission_erased', null, 410);
  elsif p_expected_version <> v_submission.version then
    perform app.refuse('conflict', null, 409);
  end if;
  return v_submission;
end $$;

-- Writes an event and answers its id. No argument may hold personal data of the author.
create function app.record_event(p_submission uuid, p_source text, p_kind text, p_from text, p_to text,
  p_reason text default null, p_message text default null, p_duplicate_of text default null,
  p_actor uuid default null, p_undoes uuid default null, p_completes uuid default null) returns uuid
language plpgsql volatile set search_path = '' as $$
declare
  v_id uuid;
begin
  insert into app.review_events (submission_id, source, kind, from_state, to_state, reason_code, message,
    duplicate_of, actor_id, undoes, completes)
  values (p_submission, p_source, p_kind, p_from, p_to, p_reason, p_message, p_duplicate_of, p_actor, p_undoes, p_completes)
  returning id into v_id;
  return v_id;
end $$;
