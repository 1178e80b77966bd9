-- The survey after a day, anonymous by construction (docs/decisions/0080). Who answered is marked; what was answered is added
-- to counters, one row a day for everybody. No row, key, hash or time of an answer says whose it is, because there is no row
-- of an answer.

-- Its questions, as everybody reads them: [{id, kind, text, options}], `kind` scale (1 to 5), choice or text. A campaign
-- without a row asks none.
create table app.surveys (
  convocatoria_id uuid primary key references app.convocatorias on delete cascade,
  questions jsonb not null
);
alter table app.surveys enable row level security;
comment on table app.surveys is
  'Personal data: none. Readers: everybody. Kept: with its campaign. Deleted by: public.delete_convocatoria.';
create trigger log_change after insert or update or delete on app.surveys
  for each row execute function app.log_public('convocatoria', 'convocatoria_id', 'part');

-- That somebody answered for a day, so that nobody answers twice.
create table app.survey_marks (
  submission_id uuid not null,
  jornada_id uuid not null,
  primary key (submission_id, jornada_id),
  foreign key (submission_id, jornada_id) references app.seats on delete cascade
);
alter table app.survey_marks enable row level security;
comment on table app.survey_marks is
  'Personal data: that somebody answered the survey of a day, not what. Readers: its author. Kept: with the seat. Deleted by:'
  ' app.forget_records.';
create trigger log_piece after insert on app.survey_marks for each row execute function app.log_submission_piece();

-- The answers of a day, added up. `counts`: {"<question>:<choice>": how many}. `texts` is in the order of the alphabet, so the
-- row is the same whoever came first. `shown…` is what staff read while the survey is open: it moves by five answers at a
-- time. A text that staff took away is null. One row a day: with a row a question, the system's columns would tell what the last person chose.
create table app.survey_results (
  jornada_id uuid primary key references app.jornadas on delete cascade,
  answered int not null default 0,
  counts jsonb not null default '{}',
  texts text[] not null default '{}',
  shown_answered int not null default 0,
  shown_counts jsonb not null default '{}',
  shown_texts text[] not null default '{}'
);
alter table app.survey_results enable row level security;
comment on table app.survey_results is
  'Personal data: none by construction; somebody may write a name in the free text. Readers: staff of the campaign, from five'
  ' answers on. Kept: with its campaign; texts as long as the attendance, by app.forget_survey_texts. Deleted by: public.delete_convocatoria.';

create function app.survey_of(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return coalesce((select jsonb_build_object('survey', jsonb_build_object('questions', s.questions))
    from app.surveys s where s.convocatoria_id = p_convocatoria), '{}');
end $$;

-- The section of the studio ----------------------------------------------------------------------------------

insert into app.kind_sections (kind, section, position, check_function, read_function, write_function)
values ('jornadas', 'encuesta', 46, 'check_survey', 'read_survey', 'write_survey');

create function app.question_problems(p_question jsonb) returns app.problem[]
language plpgsql immutable set search_path = '' as $$
declare
  v_field text := 'question-' || (p_question ->> 'id');
  v_options jsonb := case when jsonb_typeof(p_question -> 'options') = 'array' then p_question -> 'options' else '[]' end;
begin
  if coalesce(p_question ->> 'id', '') !~ '^[a-z0-9-]{1,36}$' or coalesce(p_question ->> 'kind', '') not in ('scale', 'choice', 'text')
    or exists (select from jsonb_array_elements(v_options) o where jsonb_typeof(o.value) <> 'string') then
    return app.problem('questions', 'malformed_op', 'wrong');
  elsif exists (select from jsonb_array_elements_text(v_options) o where char_length(o.value) > 80) then
    return app.problem(v_field || '-options', 'text_too_long', 'wrong');
  elsif jsonb_array_length(v_options) > 8 then
    return app.problem(v_field || '-options', 'list_too_long', 'wrong');
  end if;
  return app.text_problems(p_question, 'text', 160, true, v_field)
    || case when p_question ->> 'kind' = 'choice' and (jsonb_array_length(v_options) < 2
      or exists (select from jsonb_array_elements_text(v_options) o where app.visible_length(o.value) = 0))
      then app.problem(v_field || '-options', 'options_required', 'missing') else '{}' end;
end $$;

-- None, or three to six questions of which one at most is of free text. Answered ones stay as they are: what was counted
-- would be read under other words.
create function app.check_survey(p_convocatoria uuid, p_data jsonb) returns app.problem[]
language plpgsql stable set search_path = '' as $$
declare
  v_problems app.problem[] := app.list_problems(p_data, 'questions', 6);
  v_count int;
begin
  if app.has_wrong(v_problems) then return v_problems; end if;
  v_count := (select count(*) from app.items_of(p_data, 'questions'));
  if v_count <> (select count(distinct q.item ->> 'id') from app.items_of(p_data, 'questions') q) then
    return app.problem('questions', 'malformed_op', 'wrong');
  elsif exists (select from app.survey_results r join app.jornadas j on j.id = r.jornada_id
      where j.convocatoria_id = p_convocatoria and r.answered > 0)
    and app.kept_questions(p_data) is distinct from app.read_survey(p_convocatoria) -> 'questions' then
    return app.problem('questions', 'survey_fixed', 'wrong');
  end if;
  return coalesce((select array_agg(x order by q.place) from app.items_of(p_data, 'questions') q,
      unnest(app.question_problems(q.item)) x), '{}')
    || case when v_count between 1 and 2 then app.problem('questions', 'questions_too_few', 'missing') end
    || case when (select count(*) from app.items_of(p_data, 'questions') q where q.item ->> 'kind' = 'text') > 1
      then app.problem('questions', 'one_free_text', 'missing') end;
end $$;

-- The questions as they are kept: nothing but what a question has, each text in one line.
create function app.kept_questions(p_data jsonb) returns jsonb
language plpgsql immutable set search_path = '' as $$
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('id', q.item ->> 'id', 'kind', q.item ->> 'kind',
      'text', app.tidied(coalesce(q.item ->> 'text', '')), 'options', case when q.item ->> 'kind' <> 'choice' then '[]'::jsonb
        else (select coalesce(jsonb_agg(app.tidied(o.value) order by o.ordinality), '[]')
          from jsonb_array_elements_text(q.item -> 'options') with ordinality o) end) order by q.place), '[]')
    from app.items_of(p_data, 'questions') q);
end $$;

create function app.read_survey(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return coalesce(app.survey_of(p_convocatoria) -> 'survey', '{"questions": []}');
end $$;

create function app.write_survey(p_convocatoria uuid, p_data jsonb) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_questions jsonb := app.kept_questions(p_data);
begin
  delete from app.surveys s where s.convocatoria_id = p_convocatoria and s.questions <> v_questions;
  insert into app.surveys (convocatoria_id, questions) select p_convocatoria, v_questions where v_questions <> '[]'
  on conflict (convocatoria_id) do nothing;
end $$;

-- Answering ------------------------------------------------------------------------------------------------

create function app.day_ends(p_jornada app.jornadas) returns timestamptz
language plpgsql stable set search_path = '' as $$
begin
  return coalesce(p_jornada.ends_at, app.end_of_day(p_jornada.on_day));
end $$;

-- The survey of a day is open from its end on, for 30 days.
create function app.survey_closes(p_jornada app.jornadas) returns timestamptz
language plpgsql stable set search_path = '' as $$
begin
  return app.day_ends(p_jornada) + interval '30 days';
end $$;

-- The answers that these questions have, one row each: `choice` of a scale or of options (from 0), or `words`. Answers to
-- other questions are left out: a phone may hold those of before. Refuses a value that its question does not have.
create function app.survey_answers(p_questions jsonb, p_answers jsonb) returns table (question text, choice int, words text)
language plpgsql stable set search_path = '' as $$
declare
  v_question jsonb;
begin
  for v_question in select q.value from jsonb_array_elements(p_questions) q loop
    question := v_question ->> 'id';
    choice := null;
    words := null;
    continue when coalesce(jsonb_typeof(p_answers -> question), 'null') = 'null';
    if v_question ->> 'kind' = 'text' then
      words := app.trimmed(app.text_of(p_answers, question));
      continue when app.visible_length(words) = 0;
      if char_length(words) > 500 then perform app.refuse('text_too_long', 'answers'); end if;
    else
      choice := app.int_of(p_answers, question);
      if choice is null or not choice between (v_question ->> 'kind' = 'scale')::int
        and (case v_question ->> 'kind' when 'scale' then 5 else jsonb_array_length(v_question -> 'options') - 1 end) then
        perform app.refuse('malformed_op', 'answers');
      end if;
    end if;
    return next;
  end loop;
end $$;

-- Adds one person's answers to those of a day. Staff read them with the fifth, the tenth, …
create function app.add_answers(p_jornada uuid, p_counts jsonb, p_texts text[]) returns void
language plpgsql volatile set search_path = '' as $$
begin
  insert into app.survey_results (jornada_id) values (p_jornada) on conflict (jornada_id) do nothing;
  update app.survey_results r set answered = r.answered + 1,
    counts = (select coalesce(jsonb_object_agg(k.key, k.n), '{}') from (select b.key, sum(b.value::int) as n
      from (select * from jsonb_each_text(r.counts) union all select * from jsonb_each_text(p_counts)) b group by b.key) k),
    texts = array(select t from unnest(r.texts || p_texts) t order by t collate "C")
  where r.jornada_id = p_jornada;
  update app.survey_results r set shown_answered = r.answered, shown_counts = r.counts, shown_texts = r.texts
  where r.jornada_id = p_jornada and r.answered % 5 = 0;
end $$;

-- payload {jornada_id, unlinked: {<question>: answer}}: what stands under `unlinked` is in no receipt (app.op_hash). Counts
-- once for each person and day; a later one changes nothing.
create function app.answer_survey(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_id uuid := app.parse_uuid(app.text_of(p_op.payload, 'jornada_id'));
  v_submission app.submissions := app.lock_own(p_op);
  v_questions jsonb := (select s.questions from app.surveys s where s.convocatoria_id = v_submission.convocatoria_id);
  v_day app.jornadas;
  v_counts jsonb;
  v_texts text[];
begin
  select j.* into v_day from app.jornadas j join app.seats t on t.jornada_id = j.id
  where j.id = v_id and t.submission_id = v_submission.id and t.status = 'attended';
  if v_questions is null or not coalesce(app.now() between app.day_ends(v_day) and app.survey_closes(v_day), false) then
    perform app.refuse('survey_not_open', null, 409);
  end if;
  select jsonb_object_agg(a.question || ':' || a.choice, 1) filter (where a.choice is not null),
    coalesce(array_agg(a.words) filter (where a.words is not null), '{}') into v_counts, v_texts
  from app.survey_answers(v_questions, p_op.payload -> 'unlinked') a;
  if v_counts is null and v_texts = '{}' then perform app.refuse('answers_required', 'answers'); end if;
  insert into app.survey_marks (submission_id, jornada_id) values (v_submission.id, v_id) on conflict do nothing;
  if found then perform app.add_answers(v_id, coalesce(v_counts, '{}'), v_texts); end if;
end $$;

insert into app.op_kinds (kind, actor, handler) values ('survey.answer', 'citizen', 'answer_survey');

-- Retention and results -------------------------------------------------------------------------------------

-- Texts go when the attendance of their day goes; the numbers stay.
create function app.forget_survey_texts() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_due record;
  v_count int := 0;
begin
  for v_due in select r.jornada_id, c.id as campaign, k.amount, cardinality(array_remove(r.texts, null)) as texts
    from app.survey_results r join app.jornadas j on j.id = r.jornada_id join app.convocatorias c on c.id = j.convocatoria_id
    cross join lateral (select app.kept_for(c, 'keep_attendance_months') as amount) k
    where r.texts <> '{}' and app.end_of_day(j.on_day) + make_interval(months => k.amount) <= app.now() limit 500 loop
    update app.survey_results r set texts = '{}', shown_texts = '{}' where r.jornada_id = v_due.jornada_id;
    perform app.record_deletion('surveys', v_due.campaign, v_due.amount, v_due.texts);
    v_count := v_count + v_due.texts;
  end loop;
  return v_count;
end $$;

insert into app.due_jobs (position, name, handler) values (27, 'survey_texts_forgotten', 'forget_survey_texts');

-- What staff read of a day: {answered, counts, texts}, by steps of five while the survey is open and whole after it; null
-- below five answers.
create function app.survey_figures(p_jornada app.jornadas) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select case when app.now() > app.survey_closes(p_jornada) and r.answered >= 5
      then jsonb_build_object('answered', r.answered, 'counts', r.counts, 'texts', r.texts)
      when r.shown_answered >= 5 then jsonb_build_object('answered', r.shown_answered, 'counts', r.shown_counts, 'texts', r.shown_texts) end
    from app.survey_results r where r.jornada_id = p_jornada.id);
end $$;

-- The survey of a campaign that the caller reads: {questions, days: [{id, title, on_day, closes_at, attended, results}]}, the
-- days that are over.
create function public.survey_results(p_convocatoria uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  if not app.has_role(app.readers(), p_convocatoria) then perform app.refuse('not_allowed', null, 403); end if;
  return jsonb_build_object('questions', app.read_survey(p_convocatoria) -> 'questions',
    'days', (select coalesce(jsonb_agg(jsonb_build_object('id', j.id, 'title', j.title, 'on_day', j.on_day,
        'closes_at', app.survey_closes(j), 'attended', (select count(*) from app.seats s where s.jornada_id = j.id and s.status = 'attended'),
        'results', app.survey_figures(j)) order by j.on_day, g.position, j.position), '[]')
      from app.jornadas j join app.jornada_groups g on g.id = j.group_id
      where j.convocatoria_id = p_convocatoria and j.cancelled_at is null and app.day_ends(j) <= app.now()));
end $$;
grant execute on function public.survey_results(uuid) to authenticated;

-- Takes a free text away, because somebody wrote personal data in it: null stays in its place, and the log says who did it and
-- not what it was. Only a text that staff read can be taken away, so that nobody learns by trying what a day has.
create function public.remove_survey_text(p_jornada uuid, p_text text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_day app.jornadas;
  v_campaign app.convocatorias;
  v_count int;
begin
  select * into v_day from app.jornadas j where j.id = p_jornada;
  select * into v_campaign from app.convocatorias c where c.id = v_day.convocatoria_id;
  if not app.has_role(app.registrars(), v_campaign.id) or v_day.id is null then perform app.refuse('not_allowed', null, 403); end if;
  perform from app.survey_results r where r.jornada_id = p_jornada for update;
  v_count := (select count(*) from jsonb_array_elements_text(app.survey_figures(v_day) -> 'texts') t where t.value = p_text);
  if v_count > 0 then
    update app.survey_results r set texts = app.without_text(r.texts, p_text), shown_texts = app.without_text(r.shown_texts, p_text)
    where r.jornada_id = p_jornada;
    perform app.record_campaign_event(v_campaign, 'text_removed', '{}', null);
  end if;
  return jsonb_build_object('removed', v_count);
end $$;
grant execute on function public.remove_survey_text(uuid, text) to authenticated;

-- What was taken away comes last, so that its place says nothing of it.
create function app.without_text(p_texts text[], p_text text) returns text[]
language plpgsql immutable set search_path = '' as $$
begin
  return array(select t from unnest(array_replace(p_texts, p_text, null)) t order by t collate "C");
end $$;
