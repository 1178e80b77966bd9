-- The registry of campaign kinds. All kinds share convocatorias, submissions, review, pull and letters. The
-- migration of a kind adds its row here and the functions that the row names.

create table app.campaign_kinds (
  kind text primary key check (kind ~ '^[a-z]+$'),
  folio_prefix text not null unique check (folio_prefix ~ '^[A-Z]{2}$'),
  noun text not null,      -- names a submission in letters to its author
  content_function text,   -- app.<name>(submission uuid) returns jsonb: the content its author sees
  headline_function text,  -- app.<name>(submission uuid) returns jsonb {part_label, excerpt, municipality?}
  staff_content_function text,   -- app.<name>(submission uuid) returns jsonb: the content staff see; null: the author's
  publish_check_function text,   -- app.<name>(submission uuid) returns jsonb: refuses a submission not fit to publish
  details_function text,   -- app.<name>(convocatoria uuid) returns jsonb: the kind's own part of a convocatoria
  lock_function text,      -- app.<name>(submission uuid) returns void: locks to take before the submission's row
  reopen_check_function text,   -- app.<name>(convocatoria uuid) returns jsonb: refuses to reopen one that serves nobody
  figures_function text,   -- app.<name>(convocatoria uuid) returns jsonb: what a job counts over all its rows for the board
  alert_function text,     -- app.<name>(convocatoria uuid) returns jsonb: what its staff should look at (app.alerts_of), or null
  board_function text,     -- app.<name>(convocatoria uuid) returns jsonb: what the board reads of the kind at once
  days_function text,      -- app.<name>(convocatoria uuid) returns jsonb: the days on which its people come, for the page of a meeting
  came_function text,      -- app.<name>(submission uuid) returns jsonb: whether its author came on one of them
  care_function text,      -- app.<name>(address text) returns setof uuid: submissions of others whose link this address may recover
  formal boolean not null default false,       -- whether letters say *usted*: to people of public bodies
  erase_function text,     -- app.<name>(submission uuid) returns void: erases what its author wrote, and keeps the counts
  attended boolean not null default false,     -- people come on days: their names stay as long as the attendance
  selected boolean not null default false,     -- works are selected: those that are not lose words and file
  moderated boolean not null default true,     -- whether staff decide on its submissions
  own_receipt boolean not null default false   -- whether it writes its own acknowledgement
);
alter table app.campaign_kinds enable row level security;
comment on table app.campaign_kinds is
  'Personal data: none. Readers: the server. Kept: for the life of the project. Deleted by: nothing.';

-- What campaigns of a kind show or use of what people send, and a consent must allow. The migration of a kind adds its
-- rows. Publishing a campaign needs a notice that asks for each of them but those that it may lack. Nothing of a submission is public but the columns
-- of what its author allowed: src/features/<kind>/staff/published.ts states the same list for the words of the consent and
-- for what staff read before they publish.
create table app.kind_permissions (
  kind text not null references app.campaign_kinds,
  permission text not null check (permission ~ '^[a-z][a-z_]{1,39}$'),
  position int not null,
  consent_key text not null,    -- the consent that allows it in notices whose consents do not say what they allow
  fixed_key boolean not null default false,    -- whether phones look for the consent by that key
  may_lack boolean not null default false,     -- whether a notice may do without it: its campaign then does not ask for it
  publishes boolean not null default false,    -- whether nothing of a submission is published without it
  columns text[] not null default '{}',        -- the keys of a published item that it opens
  named text,                   -- what the words of a consent that allows it hold (a pattern); null: any words
  unnamed_before boolean not null default false,   -- whether consents that do not say what they allow may leave it unnamed
  primary key (kind, permission)
);
alter table app.kind_permissions enable row level security;
comment on table app.kind_permissions is
  'Personal data: none. Readers: staff who write campaigns. Kept: for the life of the project. Deleted by: nothing.';

-- The answer of a function that a kind registered, or null when the kind registered none.
create function app.call_kind_function(p_function text, p_id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_result jsonb;
begin
  if p_function is null then return null; end if;
  execute format('select app.%I($1)', p_function) into v_result using p_id;
  return v_result;
end $$;
