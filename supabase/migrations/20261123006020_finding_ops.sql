-- How analysts change findings and sort proposals: ops, so that a phone without signal loses none of it. Each names the version
-- that its member saw; of two people at once the second one learns of the first and decides.

-- What the desk keeps of one proposal: {submission_id, version, twin_of, ideas}.
create function app.sorting_row(p_submission uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select jsonb_build_object('submission_id', s.id, 'version', coalesce(g.version, 0), 'twin_of', g.twin_of,
      'ideas', (select coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'words', i.words, 'finding_id', i.finding_id,
        'quote', i.quote) order by i.position), '[]') from app.ideas i where i.submission_id = s.id))
    from app.submissions s left join app.sortings g on g.submission_id = s.id where s.id = p_submission);
end $$;

-- The row of a verdict on a proposal; null when the caller may not read it.
create function app.sorting_row_of(p_id uuid, p_part uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  if not app.has_role(app.readers(), (select s.convocatoria_id from app.submissions s where s.id = p_id)) then return null; end if;
  return app.sorting_row(p_id);
end $$;

-- Locks what the desk keeps of these proposals, in one order, so that two analysts who merge crosswise do not wait for each other.
create function app.lock_sortings(p_ids uuid[]) returns void
language plpgsql volatile set search_path = '' as $$
begin
  insert into app.sortings (submission_id) select s.id from app.submissions s where s.id = any (p_ids) order by s.id
  on conflict do nothing;
  perform 1 from app.sortings g where g.submission_id = any (p_ids) order by g.submission_id for update;
end $$;

-- The ideas of a payload, checked: one whole proposal, or two to six with words of their own. Their findings are of this
-- campaign, and stay while this transaction lasts. A quote is words of its author.
create function app.read_ideas(p_submission app.submissions, p_ideas jsonb) returns setof app.ideas
language plpgsql volatile set search_path = '' as $$
declare
  v_body text := (select p.body from app.propuestas p where p.submission_id = p_submission.id);
  v_idea app.ideas;
  v_one jsonb;
begin
  if jsonb_typeof(p_ideas) is distinct from 'array' or jsonb_array_length(p_ideas) > 6 then
    perform app.refuse('malformed_op', 'ideas');
  end if;
  for v_one, v_idea.position in select e.value, e.ordinality from jsonb_array_elements(p_ideas) with ordinality e loop
    v_idea.id := app.parse_uuid(app.text_of(v_one, 'id'));
    v_idea.submission_id := p_submission.id;
    v_idea.words := app.trimmed(app.text_of(v_one, 'words'));
    v_idea.finding_id := app.parse_uuid(app.text_of(v_one, 'finding_id'));
    v_idea.quote := app.trimmed(app.text_of(v_one, 'quote'));
    if v_idea.id is null or exists (select from app.ideas i where i.id = v_idea.id and i.submission_id <> p_submission.id) then
      perform app.refuse('malformed_op', 'ideas');
    elsif (v_idea.words is null) <> (jsonb_array_length(p_ideas) = 1) or app.visible_length(v_idea.words) = 0
      or char_length(v_idea.words) > 500 then
      perform app.refuse('idea_invalid', 'ideas');
    elsif char_length(v_idea.quote) not between 1 and 300 or strpos(v_body, v_idea.quote) = 0 then
      perform app.refuse('quote_invalid', 'quote');
    end if;
    if app.text_of(v_one, 'finding_id') is not null then
      perform 1 from app.findings f where f.id = v_idea.finding_id and f.convocatoria_id = p_submission.convocatoria_id
        and f.removed_at is null for share;
      if not found then perform app.refuse('finding_unknown', 'finding_id', 409); end if;
    end if;
    return next v_idea;
  end loop;
end $$;

-- Refuses a twin that would not end in one proposal with an answer of its own: of another campaign, of itself, of a twin, or
-- for a proposal that is split or that others follow.
create function app.check_twin(p_submission app.submissions, p_twin uuid) returns void
language plpgsql stable set search_path = '' as $$
begin
  if not exists (select from app.submissions s left join app.sortings g on g.submission_id = s.id
      where s.id = p_twin and s.convocatoria_id = p_submission.convocatoria_id and s.id <> p_submission.id
        and s.state = any (app.sortable_states()) and g.twin_of is null)
    or exists (select from app.sortings g where g.twin_of = p_submission.id)
    or (select count(*) from app.ideas i where i.submission_id = p_submission.id) > 1 then
    perform app.refuse('twin_invalid', 'twin_of', 409);
  end if;
end $$;

-- What a change was, by the rows before and after.
create function app.sorting_act(p_before jsonb, p_after jsonb) returns text
language plpgsql immutable set search_path = '' as $$
declare
  v_ideas int := jsonb_array_length(p_after -> 'ideas') - jsonb_array_length(p_before -> 'ideas');
  v_places jsonb := jsonb_path_query_array(p_after, '$.ideas[*].finding_id');
begin
  return case when p_after -> 'twin_of' <> 'null' and p_before -> 'twin_of' = 'null' then 'merged'
    when p_after -> 'twin_of' = 'null' and p_before -> 'twin_of' <> 'null' then 'parted'
    when jsonb_array_length(p_after -> 'ideas') > 1 and v_ideas > 0 then 'split'
    when jsonb_array_length(p_before -> 'ideas') > 1 and v_ideas < 0 then 'joined'
    when v_places = jsonb_path_query_array(p_before, '$.ideas[*].finding_id') then 'quoted'
    when v_places @> '[null]' or v_places = '[]' then 'ungrouped' else 'grouped' end;
end $$;

-- Tells authors that their proposal was merged, parted, split or joined again. Taken back within a minute by the same member,
-- it is as if it had not been.
create function app.tell_sorting(p_submission app.submissions, p_kind text, p_text text, p_reverts text) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_last app.review_events;
begin
  select * into v_last from app.review_events e where e.submission_id = p_submission.id order by e.seq desc limit 1;
  if v_last.kind = p_reverts and v_last.actor_id = auth.uid() and app.now() < v_last.at + interval '60 seconds' then
    perform app.record_event(p_submission.id, 'staff', 'undone', p_submission.state, p_submission.state, p_actor => auth.uid(),
      p_undoes => v_last.id);
  else
    perform app.record_event(p_submission.id, 'staff', p_kind, p_submission.state, p_submission.state, p_message => p_text,
      p_actor => auth.uid());
  end if;
end $$;

create function app.tell_analysis(p_submission app.submissions, p_act text, p_other uuid) returns void
language plpgsql volatile set search_path = '' as $$
begin
  if p_act in ('merged', 'parted') then
    perform app.tell_sorting(s, p_act, case p_act
        when 'merged' then 'Tu propuesta dice lo mismo que otra. Las dos conservan su folio y reciben la misma respuesta.'
        else 'Tu propuesta se volvió a analizar aparte de otra. Las dos conservan su folio.' end,
      case p_act when 'merged' then 'parted' else 'merged' end)
    from app.submissions s where s.id in (p_submission.id, p_other);
  elsif p_act = 'split' then
    perform app.tell_sorting(p_submission, 'split',
      'Tu propuesta tiene más de una idea. Cada una se analiza aparte y recibe su respuesta.', 'joined');
  elsif p_act = 'joined' then
    perform app.tell_sorting(p_submission, 'joined', 'Tu propuesta se volvió a analizar como una sola.', 'split');
  end if;
end $$;

-- A history line: where the ideas were, and which proposal it followed, without words.
create function app.places_of(p_row jsonb) returns jsonb
language plpgsql immutable set search_path = '' as $$
begin
  return jsonb_build_object('twin_of', p_row -> 'twin_of',
    'ideas', (select coalesce(jsonb_agg(jsonb_build_array(i.value -> 'id', i.value -> 'finding_id')), '[]')
      from jsonb_array_elements(p_row -> 'ideas') i));
end $$;

-- payload {twin_of, ideas: [{id, words, finding_id, quote}]}: what the proposal shall be from now on. Grouping, merging and
-- splitting and taking any of it back are all one such step. Who has an answer keeps it: no idea leaves a finding whose
-- answer was published.
create function app.sort_propuesta(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_submission app.submissions;
  v_twin uuid := app.parse_uuid(app.text_of(p_op.payload, 'twin_of'));
  v_before jsonb;
  v_had uuid[];
  v_ideas app.ideas[];
  v_act text;
begin
  select * into v_submission from app.submissions s where s.id = p_op.entity_id and s.kind = 'propuestas';
  if not found or not app.has_role(app.analysts(), v_submission.convocatoria_id) then perform app.refuse('not_allowed', null, 403); end if;
  if p_op.expected_version is null then perform app.refuse('malformed_op', 'expected_version'); end if;
  perform app.lock_sortings(array_remove(array[v_submission.id, v_twin], null));
  v_before := app.sorting_row(v_submission.id);
  if (v_before ->> 'version')::int <> p_op.expected_version then perform app.refuse('conflict', null, 409); end if;
  if v_submission.state <> all (app.sortable_states()) or v_submission.content_erased_at is not null then
    perform app.refuse('transition_invalid', null, 409);
  end if;
  v_ideas := array(select i from app.read_ideas(v_submission, p_op.payload -> 'ideas') i);
  if v_twin is not null and v_twin::text is distinct from v_before ->> 'twin_of' then perform app.check_twin(v_submission, v_twin); end if;
  if v_twin is not null and cardinality(v_ideas) > 0 then perform app.refuse('twin_invalid', 'ideas', 409); end if;
  v_had := app.findings_of(v_submission.id);
  delete from app.ideas i where i.submission_id = v_submission.id;
  insert into app.ideas select * from unnest(v_ideas);
  update app.sortings g set version = g.version + 1, twin_of = v_twin where g.submission_id = v_submission.id;
  if exists (select from app.published_answers a where a.finding_id = any (v_had)
      and a.finding_id <> all (app.findings_of(v_submission.id))) then
    perform app.refuse('answer_standing', 'finding_id', 409);
  end if;
  v_act := app.sorting_act(v_before, app.sorting_row(v_submission.id));
  perform app.log_finding(v_submission.convocatoria_id, v_act, v_ideas[1].finding_id, v_submission.id, app.places_of(v_before),
    app.places_of(app.sorting_row(v_submission.id)));
  perform app.tell_analysis(v_submission, v_act, coalesce(v_twin, (v_before ->> 'twin_of')::uuid));
  perform app.log_submission_change(t.id) from (select v_submission.id union
    select g.submission_id from app.sortings g where g.twin_of = v_submission.id) t (id);
end $$;

insert into app.op_kinds (kind, actor, handler, roles, row_function) values
  ('propuesta.sort', 'staff', 'sort_propuesta', app.analysts(), 'sorting_row_of');
