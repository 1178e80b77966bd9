-- The registry of campaign kinds. All kinds share convocatorias, submissions, review, pull and letters. The
-- migration of a kind adds its row here and the functions that the row names.

create table app.campaign_kinds (
  kind text primary key check (kind ~ '^[a-z]+$'),
  folio_prefix text not null unique check (folio_prefix ~ '^[A-Z]{2}$'),
  noun text not null,      -- names a submission in letters to its author
  content_function text,   -- app.<name>(submission uuid) returns jsonb: the content its author sees
  headline_function text,  -- app.<name>(submission uuid) returns jsonb {part_label, excerpt}
  staff_content_function text,   -- app.<name>(submission uuid) returns jsonb: the content staff see; null: the author's
  publish_check_function text,   -- app.<name>(submission uuid) returns jsonb: refuses a submission not fit to publish
  details_function text,   -- app.<name>(convocatoria uuid) returns jsonb: the kind's own part of a convocatoria
  lock_function text,      -- app.<name>(submission uuid) returns void: locks to take before the submission's row
  reopen_check_function text,   -- app.<name>(convocatoria uuid) returns jsonb: refuses to reopen one that serves nobody
  moderated boolean not null default true,     -- whether staff decide on its submissions
  own_receipt boolean not null default false   -- whether it writes its own acknowledgement
);
alter table app.campaign_kinds enable row level security;

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
