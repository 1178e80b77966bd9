-- Two sections that every campaign has: its texts and its calendar. The rules of the calendar agree with
-- src/domain/calendar.ts; tests/sql compares both.

insert into app.kind_sections (kind, section, position, check_function, read_function, write_function, clone_function,
  rights_function)
values
  (null, 'textos', 10, 'check_texts', 'read_texts', 'write_texts', 'clone_texts', null),
  (null, 'fechas', 20, 'check_dates', 'read_dates', 'write_dates', 'clone_dates', 'takes_back');

-- «[completar: …]» stands in a template where the institution must write something of its own. Nothing is published
-- with it.
create function app.mark_problems(p_value jsonb, p_field text) returns app.problem[]
language plpgsql immutable set search_path = '' as $$
begin
  return case when p_value::text ~* '\[\s*completar' then app.problem(p_field, 'text_unfilled', 'missing') else '{}' end;
end $$;

-- Texts --------------------------------------------------------------------------------------------------

create function app.slug_problems(p_convocatoria uuid, p_slug text) returns app.problem[]
language plpgsql stable set search_path = '' as $$
begin
  return case
    when app.visible_length(coalesce(p_slug, '')) = 0 then '{}'
    when p_slug !~ '^[a-z0-9]+(-[a-z0-9]+)*$' then app.problem('slug', 'slug_invalid', 'missing')
    when exists (select from app.convocatorias c where c.id = p_convocatoria and c.published and c.slug <> p_slug)
      then app.problem('slug', 'slug_fixed', 'wrong')
    when exists (select from app.convocatorias c where c.slug = p_slug and c.id <> p_convocatoria)
      then app.problem('slug', 'slug_taken', 'missing')
    else '{}'
  end;
end $$;

create function app.check_texts(p_convocatoria uuid, p_data jsonb) returns app.problem[]
language plpgsql stable set search_path = '' as $$
begin
  return app.text_problems(p_data, 'title', 120, true) || app.text_problems(p_data, 'slug', 80, true)
    || case when jsonb_typeof(p_data -> 'slug') = 'string' then app.slug_problems(p_convocatoria, p_data ->> 'slug') end
    || app.text_problems(p_data, 'summary', 300, true) || app.text_problems(p_data, 'question', 500, true)
    || app.formatted_problems(p_data, 'who_decides', 1000, true)
    || app.formatted_problems(p_data, 'what_happens_next', 2000, true)
    || app.text_problems(p_data, 'label', 120, false) || app.text_problems(p_data, 'source', 500, false)
    || coalesce((select array_agg(p order by f.place)
      from unnest('{title,summary,question,who_decides,what_happens_next}'::text[]) with ordinality f (field, place),
        unnest(app.mark_problems(p_data -> f.field, f.field)) p), '{}');
end $$;

create function app.read_texts(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select jsonb_build_object('title', c.title, 'slug', c.slug, 'summary', c.summary, 'question', c.question,
    'who_decides', c.who_decides, 'what_happens_next', c.what_happens_next, 'label', c.label, 'source', c.source)
  from app.convocatorias c where c.id = p_convocatoria);
end $$;

-- The text, trimmed; null when nothing of it is visible.
create function app.kept_text(p_data jsonb, p_key text) returns text
language plpgsql immutable set search_path = '' as $$
begin
  return app.visible_text(p_data ->> p_key);
end $$;

create function app.write_texts(p_convocatoria uuid, p_data jsonb) returns void
language plpgsql volatile set search_path = '' as $$
begin
  update app.convocatorias set title = app.kept_text(p_data, 'title'),
    slug = case when app.slug_problems(p_convocatoria, app.kept_text(p_data, 'slug')) = '{}'
      then app.kept_text(p_data, 'slug') else slug end,   -- a preview may lack one
    summary = app.kept_text(p_data, 'summary'), question = app.kept_text(p_data, 'question'),
    who_decides = app.kept_text(p_data, 'who_decides'),
    what_happens_next = app.kept_text(p_data, 'what_happens_next'), label = app.kept_text(p_data, 'label'),
    source = app.kept_text(p_data, 'source')
  where id = p_convocatoria;
end $$;

-- A copy has an address of its own, which its title gives it.
create function app.clone_texts(p_data jsonb, p_from date, p_to date) returns jsonb
language plpgsql immutable set search_path = '' as $$
begin
  return p_data || '{"slug": null}';
end $$;

-- Calendar ---------------------------------------------------------------------------------------------------

-- Each milestone has a title and its known days are in order.
create function app.milestone_problems(p_data jsonb) returns app.problem[]
language plpgsql stable set search_path = '' as $$
declare
  v_problems app.problem[] := '{}';
  v_found app.problem[];
  v_last text := '';
  v record;
begin
  for v in select i.place, i.item, 'milestone-' || i.place as field from app.items_of(p_data, 'milestones') i order by 1 loop
    v_found := app.text_problems(v.item, 'title', 120, false, v.field) || app.text_problems(v.item, 'note', 300, false, v.field)
      || app.day_problems(v.item, 'on', null, v.field) || app.day_problems(v.item, 'until', null, v.field);
    if app.has_wrong(v_found) then
      v_problems := v_problems || v_found;
    elsif app.kept_text(v.item, 'title') is null then
      v_problems := v_problems || app.problem(v.field, 'milestone_title_required', 'missing');
    elsif coalesce(v.item ->> 'until', '') <> '' and v.item ->> 'until' < coalesce(nullif(v.item ->> 'on', ''), 'x') then
      v_problems := v_problems || app.problem(v.field, 'milestone_until_before', 'missing');
    elsif coalesce(v.item ->> 'on', '') <> '' and v.item ->> 'on' < v_last then
      v_problems := v_problems || app.problem(v.field, 'milestones_disordered', 'missing');
    end if;
    v_last := coalesce(nullif(v.item ->> 'on', ''), v_last);
  end loop;
  return v_problems;
end $$;

-- Whether the dates agree with each other. Each is known to be a date or null.
create function app.calendar_problems(p_data jsonb) returns app.problem[]
language plpgsql stable set search_path = '' as $$
declare
  v_opens timestamptz := app.parse_instant(p_data ->> 'opens_at');
  v_closes timestamptz := app.parse_instant(p_data ->> 'closes_at');
  v_answer date := nullif(p_data ->> 'answer_by', '')::date;
  v_problems app.problem[] := '{}';
begin
  if v_closes <= v_opens then v_problems := v_problems || app.problem('closes_at', 'closes_before_opens', 'missing'); end if;
  if nullif(p_data ->> 'inputs_on', '')::date > app.local_day(v_opens) then
    v_problems := v_problems || app.problem('inputs_on', 'inputs_after_opening', 'missing');
  end if;
  if v_answer < app.local_day(v_closes) then
    v_problems := v_problems || app.problem('answer_by', 'answer_before_closing', 'missing');
  end if;
  if nullif(p_data ->> 'results_on', '')::date <= app.local_day(v_closes) then
    v_problems := v_problems || app.problem('results_on', 'results_before_closing', 'missing');
  end if;
  if not app.is_business_day(app.local_day(v_closes)) then
    v_problems := v_problems || app.problem('closes_at', 'closes_on_rest_day', 'look');
  end if;
  if not app.is_business_day(v_answer) then
    v_problems := v_problems || app.problem('answer_by', 'answer_on_rest_day', 'look');
  end if;
  return v_problems;
end $$;

-- Problems of dates that would strand what phones hold of a campaign that people know: an opening put off after it, a
-- reception cut shorter than the grace that was promised, and a closing to come of a retired campaign.
create function app.promise_problems(p_convocatoria uuid, p_data jsonb) returns app.problem[]
language plpgsql stable set search_path = '' as $$
declare
  v_campaign app.convocatorias;
  v_closes timestamptz := app.parse_instant(p_data ->> 'closes_at');
  v_until timestamptz := v_closes + make_interval(hours => (p_data ->> 'grace_hours')::int);
  v_problems app.problem[] := '{}';
begin
  select * into v_campaign from app.convocatorias c where c.id = p_convocatoria and c.published;
  if not found then
    return case when v_closes <= app.now() then app.problem('closes_at', 'closing_past', 'missing') else '{}' end;
  end if;
  if v_campaign.opens_at <= app.now() and app.parse_instant(p_data ->> 'opens_at') > app.now() then
    v_problems := app.problem('opens_at', 'opening_fixed', 'missing');
  end if;
  if v_until < least(app.received_until(v_campaign), app.now() + v_campaign.grace) then
    v_problems := v_problems || app.problem('closes_at', 'reception_cut', 'missing');
  elsif v_campaign.retired_at is not null and v_closes > app.now() then
    v_problems := v_problems || app.problem('closes_at', 'retired_closing', 'missing');
  end if;
  return v_problems;
end $$;

create function app.check_dates(p_convocatoria uuid, p_data jsonb) returns app.problem[]
language plpgsql stable set search_path = '' as $$
declare
  v_problems app.problem[] := app.instant_problems(p_data, 'opens_at', 'opens_required')
    || app.instant_problems(p_data, 'closes_at', 'closes_required')
    || app.number_problems(p_data, 'grace_hours', 0, 168, true)
    || app.day_problems(p_data, 'inputs_on', null) || app.day_problems(p_data, 'results_on', null)
    || app.day_problems(p_data, 'answer_by', 'answer_required') || app.list_problems(p_data, 'milestones', 20);
begin
  if app.has_wrong(v_problems) then return v_problems; end if;
  return v_problems || app.calendar_problems(p_data) || app.milestone_problems(p_data)
    || app.promise_problems(p_convocatoria, p_data);
end $$;

-- Whether the change takes back something that people were told: an earlier closing or one that reopens, a later
-- opening, later results or none, a later answer, a shorter grace.
create function app.takes_back(p_before jsonb, p_after jsonb) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(c.after < c.before or (c.after > c.before and c.before <= app.now()), false)
    or coalesce(app.parse_instant(p_after ->> 'opens_at') > app.parse_instant(p_before ->> 'opens_at'), false)
    or coalesce((p_after ->> 'answer_by') > (p_before ->> 'answer_by'), false)
    or coalesce(coalesce(nullif(p_after ->> 'results_on', ''), 'x') > (p_before ->> 'results_on'), false)
    or coalesce((p_after ->> 'grace_hours')::int < (p_before ->> 'grace_hours')::int, false)
  from (select app.parse_instant(p_before ->> 'closes_at') as before, app.parse_instant(p_after ->> 'closes_at') as after) c);
end $$;

create function app.milestones_of(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('on', m.on_day, 'until', m.until_day, 'title', m.title, 'note', m.note)
    order by m.position), '[]')
  from app.milestones m where m.convocatoria_id = p_convocatoria);
end $$;

create function app.read_dates(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select jsonb_build_object('opens_at', c.opens_at, 'closes_at', c.closes_at,
    'grace_hours', (extract(epoch from c.grace) / 3600)::int, 'inputs_on', c.inputs_on, 'results_on', c.results_on,
    'answer_by', c.answer_by, 'milestones', app.milestones_of(c.id))
  from app.convocatorias c where c.id = p_convocatoria);
end $$;

-- A closing that has passed ended the pause, so a later one does not bring it back.
create function app.write_dates(p_convocatoria uuid, p_data jsonb) returns void
language plpgsql volatile set search_path = '' as $$
begin
  update app.convocatorias set paused_at = null, paused_until = null, pause_reason = null
  where id = p_convocatoria and closes_at <= app.now();
  update app.convocatorias set opens_at = app.parse_instant(p_data ->> 'opens_at'),
    closes_at = app.parse_instant(p_data ->> 'closes_at'),
    grace = make_interval(hours => (p_data ->> 'grace_hours')::int),
    inputs_on = nullif(p_data ->> 'inputs_on', '')::date, results_on = nullif(p_data ->> 'results_on', '')::date,
    answer_by = nullif(p_data ->> 'answer_by', '')::date
  where id = p_convocatoria;
  delete from app.milestones m where m.convocatoria_id = p_convocatoria;
  insert into app.milestones (convocatoria_id, position, on_day, until_day, title, note)
  select p_convocatoria, m.place + 1, nullif(m.item ->> 'on', '')::date, nullif(m.item ->> 'until', '')::date,
    coalesce(app.kept_text(m.item, 'title'), ''), app.kept_text(m.item, 'note')
  from app.items_of(p_data, 'milestones') m;
end $$;

-- The whole calendar moved by business days, from an opening on p_from to one on p_to.
create function app.clone_dates(p_data jsonb, p_from date, p_to date) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return p_data || jsonb_build_object(
    'opens_at', app.moved_instant(app.parse_instant(p_data ->> 'opens_at'), p_from, p_to),
    'closes_at', app.moved_instant(app.parse_instant(p_data ->> 'closes_at'), p_from, p_to),
    'inputs_on', app.moved_day(nullif(p_data ->> 'inputs_on', '')::date, p_from, p_to),
    'results_on', app.moved_day(nullif(p_data ->> 'results_on', '')::date, p_from, p_to),
    'answer_by', app.moved_day(nullif(p_data ->> 'answer_by', '')::date, p_from, p_to),
    'milestones', coalesce((select jsonb_agg(m.item || jsonb_build_object(
        'on', app.moved_day(nullif(m.item ->> 'on', '')::date, p_from, p_to),
        'until', app.moved_day(nullif(m.item ->> 'until', '')::date, p_from, p_to)) order by m.place)
      from app.items_of(p_data, 'milestones') m), '[]'));
end $$;
