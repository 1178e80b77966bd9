-- The rules by which coordinators and administrators write convocatorias. Those of the calendar agree with
-- src/domain/calendar.ts; tests/sql compares both. Every change is an event, and a change against what people
-- were told needs a reason.

create table app.convocatoria_events (
  id uuid primary key default gen_random_uuid(),
  seq bigint generated always as identity unique,
  convocatoria_id uuid not null,   -- no foreign key: the history outlives a deleted draft
  at timestamptz not null default app.now(),
  actor_id uuid not null,
  kind text not null check (kind in ('created', 'changed', 'published')),
  version int not null,
  changes jsonb not null,          -- {field: [before, after]}
  reason text check (char_length(reason) <= 500)
);
create index on app.convocatoria_events (convocatoria_id, seq);
alter table app.convocatoria_events enable row level security;
create trigger convocatoria_events_are_append_only before update or delete on app.convocatoria_events
  for each row execute function app.refuse_rewriting();
create trigger convocatoria_events_are_kept before truncate on app.convocatoria_events
  for each statement execute function app.refuse_rewriting();

create function app.editors() returns text[]
language sql immutable parallel safe as $$ select array['coordinator', 'admin'] $$;

-- Reading the form ---------------------------------------------------------------------------------------

-- A text of the form, trimmed; null when it is optional and empty.
create function app.campaign_text(p_data jsonb, p_field text, p_max int, p_required boolean) returns text
language plpgsql stable set search_path = '' as $$
declare
  v_text text := app.trimmed(coalesce(app.text_of(p_data, p_field), ''));
begin
  if app.visible_length(v_text) = 0 then
    if p_required then perform app.refuse('text_required', p_field); end if;
    return null;
  elsif app.has_control(v_text) then
    perform app.refuse('body_invalid', p_field);
  elsif char_length(v_text) > p_max then
    perform app.refuse('text_too_long', p_field);
  end if;
  return v_text;
end $$;

-- A day of the form, or null. Refuses any other text.
create function app.campaign_day(p_data jsonb, p_field text) returns date
language plpgsql stable set search_path = '' as $$
declare
  v_text text := nullif(app.text_of(p_data, p_field), '');
begin
  if v_text is not null and not (v_text ~ '^\d{4}-\d\d-\d\d$' and pg_input_is_valid(v_text, 'date')) then
    perform app.refuse('date_invalid', p_field);
  end if;
  return v_text::date;
end $$;

-- An instant of the form, or null. Refuses any other text.
create function app.campaign_instant(p_data jsonb, p_field text) returns timestamptz
language plpgsql stable set search_path = '' as $$
declare
  v_text text := nullif(app.text_of(p_data, p_field), '');
begin
  if v_text is not null and app.parse_instant(v_text) is null then perform app.refuse('date_invalid', p_field); end if;
  return app.parse_instant(v_text);
end $$;

-- The milestones of the form: at most 20, each with a title. Known days are in order.
create function app.check_milestones(p_data jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_all jsonb := coalesce(p_data -> 'milestones', '[]');
  v_one jsonb;
  v_last date;
  v_place int := 0;
begin
  if jsonb_typeof(v_all) <> 'array' or jsonb_array_length(v_all) > 20 then perform app.refuse('malformed_op', 'milestones'); end if;
  for v_one in select m.value from jsonb_array_elements(v_all) m loop
    if jsonb_typeof(v_one) <> 'object' then perform app.refuse('malformed_op', 'milestones'); end if;
    if app.campaign_text(v_one, 'title', 120, false) is null then
      perform app.refuse('milestone_title_required', 'milestone-' || v_place);
    end if;
    perform app.campaign_text(v_one, 'note', 300, false);
    if app.campaign_day(v_one, 'until') < coalesce(app.campaign_day(v_one, 'on'), 'infinity') then
      perform app.refuse('milestone_until_before', 'milestone-' || v_place);
    elsif app.campaign_day(v_one, 'on') < v_last then
      perform app.refuse('milestones_disordered', 'milestone-' || v_place);
    end if;
    v_last := coalesce(app.campaign_day(v_one, 'on'), v_last);
    v_place := v_place + 1;
  end loop;
  return v_all;
end $$;

create function app.check_calendar(p app.convocatorias) returns void
language plpgsql stable set search_path = '' as $$
begin
  if p.opens_at is null then perform app.refuse('opens_required', 'opens_at'); end if;
  if p.closes_at is null then perform app.refuse('closes_required', 'closes_at'); end if;
  if p.closes_at <= p.opens_at then perform app.refuse('closes_before_opens', 'closes_at'); end if;
  if p.grace is null or p.grace > interval '168 hours' then perform app.refuse('grace_invalid', 'grace_hours'); end if;
  if p.inputs_on > app.local_day(p.opens_at) then perform app.refuse('inputs_after_opening', 'inputs_on'); end if;
  if p.answer_by is null then perform app.refuse('answer_required', 'answer_by'); end if;
  if p.answer_by < app.local_day(p.closes_at) then perform app.refuse('answer_before_closing', 'answer_by'); end if;
  if p.results_on <= app.local_day(p.closes_at) then perform app.refuse('results_before_closing', 'results_on'); end if;
end $$;

-- Requires a reason for a change against people: an earlier closing, a later opening or answer, less grace.
create function app.check_promise(p_old app.convocatorias, p_new app.convocatorias, p_reason text) returns void
language plpgsql stable set search_path = '' as $$
begin
  if p_old.published and p_reason is null and (p_new.closes_at < p_old.closes_at
    or p_new.opens_at > p_old.opens_at or p_new.answer_by > p_old.answer_by or p_new.grace < p_old.grace) then
    perform app.refuse('change_reason_required', 'reason');
  end if;
end $$;

-- The id of the chosen notice, or of a new version that the form brings.
create function app.campaign_notice(p_data jsonb) returns uuid
language plpgsql volatile set search_path = '' as $$
declare
  v_id uuid := app.parse_uuid(app.text_of(p_data, 'notice_id'));
  v_new jsonb := p_data -> 'notice';
  v_title text;
begin
  if coalesce(jsonb_typeof(v_new), 'null') = 'null' then
    if not exists (select from app.notices n where n.id = v_id) then perform app.refuse('notice_unknown', 'notice_id'); end if;
    return v_id;
  end if;
  v_title := app.campaign_text(v_new, 'title', 160, true);
  if jsonb_typeof(v_new -> 'simplified') is distinct from 'array' or v_new -> 'simplified' = '[]'
    or jsonb_typeof(v_new -> 'full') is distinct from 'array' or v_new -> 'full' = '[]'
    or jsonb_typeof(v_new -> 'consents') is distinct from 'array' then
    perform app.refuse('notice_incomplete', 'simplified');
  end if;
  if octet_length(v_new::text) > 65536 then perform app.refuse('text_too_long', 'simplified'); end if;
  perform pg_advisory_xact_lock(hashtextextended('app.notices', 0));
  insert into app.notices (version, title, label, published_on, simplified, full_form, consents)
  select coalesce(max(n.version), 0) + 1, v_title, (select i.demo_label from app.institution i),
    app.local_day(app.now()), v_new -> 'simplified', v_new -> 'full', v_new -> 'consents'
  from app.notices n where n.title = v_title
  returning id into v_id;
  return v_id;
end $$;

-- The convocatoria as the form describes it. Its kind never changes; its address does not once it is published.
create function app.campaign_of(p_old app.convocatorias, p_data jsonb) returns app.convocatorias
language plpgsql volatile set search_path = '' as $$
declare
  v_new app.convocatorias := p_old;
begin
  v_new.title := app.campaign_text(p_data, 'title', 120, true);
  v_new.slug := app.campaign_text(p_data, 'slug', 80, true);
  if v_new.slug !~ '^[a-z0-9]+(-[a-z0-9]+)*$' then perform app.refuse('slug_invalid', 'slug'); end if;
  if p_old.published and v_new.slug <> p_old.slug then perform app.refuse('slug_fixed', 'slug', 409); end if;
  if exists (select from app.convocatorias c where c.slug = v_new.slug and c.id is distinct from p_old.id) then
    perform app.refuse('slug_taken', 'slug', 409);
  end if;
  v_new.summary := app.campaign_text(p_data, 'summary', 300, true);
  v_new.question := app.campaign_text(p_data, 'question', 500, true);
  v_new.who_decides := app.campaign_text(p_data, 'who_decides', 1000, true);
  v_new.what_happens_next := app.campaign_text(p_data, 'what_happens_next', 2000, true);
  v_new.label := app.campaign_text(p_data, 'label', 120, false);
  v_new.source := app.campaign_text(p_data, 'source', 500, false);
  v_new.opens_at := app.campaign_instant(p_data, 'opens_at');
  v_new.closes_at := app.campaign_instant(p_data, 'closes_at');
  v_new.grace := make_interval(hours => app.int_of(p_data, 'grace_hours'));
  v_new.inputs_on := app.campaign_day(p_data, 'inputs_on');
  v_new.results_on := app.campaign_day(p_data, 'results_on');
  v_new.answer_by := app.campaign_day(p_data, 'answer_by');
  perform app.check_calendar(v_new);
  v_new.notice_id := app.campaign_notice(p_data);
  return v_new;
end $$;
