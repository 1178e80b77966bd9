-- What belongs to which finding, which answers a proposal has, and which proposals lack one.

-- The states in which a proposal can be sorted: staff have decided that it counts.
create function app.sortable_states() returns text[]
language sql immutable parallel safe as $$ select array['accepted', 'published', 'not_selected'] $$;

-- The proposals of a campaign that are owed a reasoned answer: all that were received, but those that were withdrawn, that
-- a flood brought, or that were rejected, which has reasons of its own.
create function app.owed_answers(p_convocatoria uuid) returns table (submission_id uuid, state text)
language sql stable set search_path = '' as $$
  select s.id, s.state from app.submissions s
  where s.convocatoria_id = p_convocatoria and s.quarantined_at is null and s.content_erased_at is null
    and s.state in ('received', 'in_review', 'correction_requested', 'accepted', 'published', 'not_selected')
$$;

-- The ideas of each proposal of a campaign that can be sorted, in their finding or in none (null). A twin has those of the
-- proposal that it follows.
create function app.ideas_in(p_convocatoria uuid) returns table (submission_id uuid, idea_id uuid, finding_id uuid)
language sql stable set search_path = '' as $$
  select s.id, i.id, i.finding_id
  from app.submissions s
  left join app.sortings g on g.submission_id = s.id
  left join app.ideas i on i.submission_id = coalesce(g.twin_of, s.id)
  where s.convocatoria_id = p_convocatoria and s.quarantined_at is null and s.content_erased_at is null
    and s.state = any (app.sortable_states())
$$;

-- Which proposals are in which finding.
create function app.sorted_in(p_convocatoria uuid) returns table (submission_id uuid, finding_id uuid, idea_id uuid)
language sql stable set search_path = '' as $$
  select i.submission_id, i.finding_id, i.idea_id from app.ideas_in(p_convocatoria) i where i.finding_id is not null
$$;

-- The findings of one proposal, in the order of its ideas.
create function app.findings_of(p_submission uuid) returns uuid[]
language plpgsql stable set search_path = '' as $$
begin
  return array(select i.finding_id from app.ideas i
    where i.submission_id = coalesce((select g.twin_of from app.sortings g where g.submission_id = p_submission), p_submission)
      and i.finding_id is not null order by i.position);
end $$;

-- The published answers of one proposal. `idea_words`: of which of its ideas, where it was split.
create function app.answer_rows(p_submission uuid) returns table (finding_id uuid, idea_words text, title text, outcome text,
  reasons text, area text, due_on date, published_at timestamptz, version int)
language plpgsql stable set search_path = '' as $$
declare
  v_twin uuid := (select g.twin_of from app.sortings g where g.submission_id = p_submission);
begin
  return query select a.finding_id, case when v_twin is null then i.words end, a.title, a.outcome, a.reasons, a.area, a.due_on, a.published_at,
      a.version
    from app.ideas i join app.published_answers a on a.finding_id = i.finding_id
    where i.submission_id = coalesce(v_twin, p_submission) order by i.position;
end $$;

-- The proposals that lack an answer: undecided, in no finding, or with an idea whose finding has none published.
create function app.lacking_answer(p_convocatoria uuid) returns setof uuid
language sql stable set search_path = '' as $$
  select o.submission_id from app.owed_answers(p_convocatoria) o
  left join app.ideas_in(p_convocatoria) i on i.submission_id = o.submission_id
  left join app.published_answers a on a.finding_id = i.finding_id
  group by o.submission_id having bool_or(a.finding_id is null)
$$;

-- What its author reads of the analysis, under the key `analysis` of the content: since when it is grouped, whether another
-- one says the same, its ideas, and the published answers. No key before any of it.
create function app.analysis_of(p_submission uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_twin boolean;
  v_ideas jsonb;
begin
  if not exists (select from app.sortings g where g.submission_id = p_submission) then return '{}'; end if;   -- as almost all are
  v_twin := exists (select from app.sortings g where g.submission_id = p_submission and g.twin_of is not null
    or g.twin_of = p_submission);
  v_ideas := (select jsonb_agg(i.words order by i.position) from app.ideas i
    where i.submission_id = p_submission and i.words is not null);
  if not v_twin and v_ideas is null and app.findings_of(p_submission) = '{}' then return '{}'; end if;
  return jsonb_build_object('analysis', jsonb_strip_nulls(jsonb_build_object('grouped', app.findings_of(p_submission) <> '{}',
    'twin', nullif(v_twin, false), 'ideas', v_ideas, 'answers', (select jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
      'finding_id', r.finding_id, 'idea', r.idea_words, 'title', r.title, 'outcome', r.outcome, 'reasons', r.reasons,
      'area', nullif(r.area, ''), 'due_on', r.due_on, 'at', r.published_at))) from app.answer_rows(p_submission) r), 'followups', app.followups_of(p_submission))));
end $$;

-- The quotes of a finding that everybody may read: words of published proposals whose authors allow their text.
create function app.public_quotes(p_finding uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('folio', s.folio, 'quote', i.quote) order by s.received_at, i.id), '[]')
    from app.ideas i join app.submissions s on s.id = i.submission_id and s.state = 'published'
    join app.propuestas p on p.submission_id = s.id
    where i.finding_id = p_finding and i.quote is not null and strpos(p.body, i.quote) > 0
      and 'text' = any (app.allowed_by_author(s.id)));
end $$;

-- The findings of a campaign whose answers were published, as everybody may read them.
create function app.published_findings(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'title', a.title, 'words', a.words, 'codes', a.codes,
      'count', coalesce(n.count, 0), 'answer', jsonb_build_object('outcome', a.outcome, 'reasons', a.reasons, 'area', a.area,
        'due_on', a.due_on, 'published_at', a.published_at), 'quotes', app.public_quotes(f.id)) order by f.position, f.id), '[]')
    from app.findings f join app.published_answers a on a.finding_id = f.id
    left join (select m.finding_id, count(distinct m.submission_id) from app.sorted_in(p_convocatoria) m group by 1) n
      on n.finding_id = f.id
    where f.convocatoria_id = p_convocatoria);
end $$;

-- Erases what a proposal's ideas say, with the proposal.
create function app.erase_ideas(p_submission uuid) returns void
language plpgsql volatile set search_path = '' as $$
begin
  update app.ideas i set words = case when i.words is not null then app.erased_words() end, quote = null
  where i.submission_id = p_submission;
end $$;
