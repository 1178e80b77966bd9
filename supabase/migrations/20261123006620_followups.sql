-- What became of each action of a renewed strategy: staff note states with evidence, which everybody reads; the authors whose
-- findings are behind the change are told, and may answer whether it was done (docs/decisions/0096).

create table app.part_followups (
  id uuid primary key default gen_random_uuid(),
  seq bigint generated always as identity unique,
  convocatoria_id uuid not null references app.convocatorias on delete cascade,
  part_id uuid not null,           -- of the approved text; an action that it adds stands in no other table
  number text not null,            -- as the approved text had it then
  title text not null,
  state text not null check (state in ('planned', 'under_way', 'done', 'dropped')),
  words text not null,             -- the evidence, or why not
  link text check (link ~ '^https://'),
  area text not null,              -- who is responsible
  on_day date not null,            -- when it was or will be
  noted_at timestamptz not null default app.now(),
  noted_by uuid not null
);
create index on app.part_followups (convocatoria_id, part_id, seq);
alter table app.part_followups enable row level security;
comment on table app.part_followups is
  'Personal data: the member who noted it. Readers: everybody, without that name. Kept: with its campaign; every state stays.'
  ' Deleted by: public.delete_convocatoria.';
create trigger followups_are_append_only before update on app.part_followups
  for each row execute function app.refuse_rewriting();
create trigger followups_are_kept before truncate on app.part_followups
  for each statement execute function app.refuse_rewriting();

-- That an author was told of a state, and what they answered.
create table app.followup_news (
  submission_id uuid not null references app.submissions on delete cascade,
  followup_id uuid not null references app.part_followups on delete cascade,
  done boolean,                    -- «¿Se hizo?»: yes, or not yet; null: no answer
  primary key (submission_id, followup_id)
);
create index on app.followup_news (followup_id);
alter table app.followup_news enable row level security;
comment on table app.followup_news is
  'Personal data: what the author of a proposal was told, and whether they say that it was done. Readers: its author; staff of'
  ' the campaign how many. Kept: with the submission. Deleted by: app.forget_records.';
create trigger log_piece after update on app.followup_news for each row execute function app.log_submission_piece();

-- The actions of the newest approved text that it did not take out, with the findings behind what it changed.
create function app.followable_parts(p_convocatoria uuid) returns table (id uuid, number text, title text, findings uuid[], place bigint)
language plpgsql stable set search_path = '' as $$
begin
  return query select (p.value ->> 'id')::uuid, p.value ->> 'number', coalesce(p.value #>> '{new,title}', ''),
    array(select (f.value ->> 'id')::uuid from jsonb_array_elements(p.value -> 'findings') f), p.ordinality
  from (select r.text::jsonb as document from app.renewals r where r.convocatoria_id = p_convocatoria order by r.number desc limit 1) d,
    jsonb_array_elements(d.document -> 'parts') with ordinality p
  where p.value ->> 'kind' = 'action' and p.value ->> 'change' <> 'removed';
end $$;

-- The states of a campaign's actions, the newest first: {id, part_id, number, title, state, words, link, area, on_day, at}.
create function app.followup_rows(p_convocatoria uuid) returns table (id uuid, part_id uuid, seq bigint, data jsonb)
language plpgsql stable set search_path = '' as $$
begin
  return query select f.id, f.part_id, f.seq, jsonb_build_object('id', f.id, 'part_id', f.part_id, 'number', f.number, 'title', f.title,
    'state', f.state, 'words', f.words, 'link', f.link, 'area', f.area, 'on_day', f.on_day, 'at', f.noted_at)
  from app.part_followups f where f.convocatoria_id = p_convocatoria;
end $$;

create function app.public_followups(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(jsonb_agg(r.data order by r.seq desc), '[]') from app.followup_rows(p_convocatoria) r);
end $$;

-- What staff see of it: each action with its states, who noted them, and how many authors say that it was done, or not yet.
create function app.desk_followups(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('part_id', p.id, 'number', p.number, 'title', p.title,
      'states', (select coalesce(jsonb_agg(r.data || jsonb_build_object('by', app.staff_name(f.noted_by),
          'yes', (select count(*) from app.followup_news n where n.followup_id = f.id and n.done),
          'not_yet', (select count(*) from app.followup_news n where n.followup_id = f.id and not n.done)) order by r.seq desc), '[]')
        from app.followup_rows(p_convocatoria) r join app.part_followups f on f.id = r.id where r.part_id = p.id)) order by p.place), '[]')
    from app.followable_parts(p_convocatoria) p);
end $$;

-- Refuses what is no state, or lacks its evidence, who or when. What is done has a day that has come.
create function app.check_followup(p_state text, p_words text, p_link text, p_area text, p_on_day date) returns void
language plpgsql stable set search_path = '' as $$
begin
  if p_state is null or p_state not in ('planned', 'under_way', 'done', 'dropped') then perform app.refuse('malformed_op', 'state'); end if;
  if app.visible_length(p_words) = 0 then perform app.refuse('text_required', 'words'); end if;
  if char_length(p_words) > 600 then perform app.refuse('text_too_long', 'words'); end if;
  if char_length(p_link) > 500 or p_link !~ '^https://[^[:space:]]+$' then perform app.refuse('link_invalid', 'link'); end if;
  if app.visible_length(p_area) = 0 then perform app.refuse('text_required', 'area'); end if;
  if char_length(p_area) > 120 then perform app.refuse('text_too_long', 'area'); end if;
  if p_on_day is null or (p_state = 'done' and p_on_day > app.local_day(app.now())) then perform app.refuse('date_invalid', 'on_day'); end if;
end $$;

-- Notes a state of an action. `p_seen`: how many states of it the caller saw.
create function public.note_followup(p_id uuid, p_part uuid, p_seen int, p_state text, p_words text, p_area text,
  p_link text default null, p_on_day date default null) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_campaign app.convocatorias := app.lock_consultation(p_id);
  v_words text := app.trimmed(app.canon(coalesce(p_words, '')));
  v_link text := nullif(app.tidied(coalesce(p_link, '')), '');
  v_area text := app.tidied(coalesce(p_area, ''));
begin
  perform app.check_followup(p_state, v_words, v_link, v_area, p_on_day);
  if not exists (select from app.followable_parts(p_id) p where p.id = p_part) then perform app.refuse('part_unknown', null, 404); end if;
  if p_seen is distinct from (select count(*) from app.part_followups f where f.convocatoria_id = p_id and f.part_id = p_part) then
    perform app.refuse('conflict', null, 409);
  end if;
  insert into app.part_followups (convocatoria_id, part_id, number, title, state, words, link, area, on_day, noted_by)
  select p_id, p.id, p.number, p.title, p_state, v_words, v_link, v_area, p_on_day, auth.uid()
  from app.followable_parts(p_id) p where p.id = p_part;
  perform app.record_campaign_event(v_campaign, 'followup_noted', '{}', null);
  return app.results_answer(v_campaign);
end $$;
grant execute on function public.note_followup(uuid, uuid, int, text, text, text, text, date) to authenticated;

create function app.followup_words(p_state text) returns text
language plpgsql immutable set search_path = '' as $$
begin
  return case p_state when 'planned' then 'Está planeada' when 'under_way' then 'Está en curso' when 'done' then 'Ya se hizo'
    else 'No se hará' end;
end $$;

-- Tells the newest state of each action to the authors whose findings are behind its change, once each, up to 500 a call: an event of
-- their folio, and a letter or a notice where they chose one. A proposal that joins a finding later is told too.
create function app.tell_followups() returns int
language plpgsql volatile set search_path = '' as $$
declare
  r record;
  v_count int := 0;
begin
  for r in select f.*, s.id as submission_id, s.state as standing from app.part_followups f
    cross join lateral (select p.findings from app.followable_parts(f.convocatoria_id) p where p.id = f.part_id) p
    cross join lateral (select distinct m.submission_id from app.sorted_in(f.convocatoria_id) m where m.finding_id = any (p.findings)) m
    join app.submissions s on s.id = m.submission_id and s.state = any (app.sortable_states())
    where not exists (select from app.part_followups n where n.convocatoria_id = f.convocatoria_id and n.part_id = f.part_id and n.seq > f.seq)
      and not exists (select from app.followup_news t where t.submission_id = s.id and t.followup_id = f.id)
    order by f.seq, s.id limit 500 loop
    insert into app.followup_news (submission_id, followup_id) values (r.submission_id, r.id);
    perform app.mail_news(r.submission_id, app.record_event(r.submission_id, 'staff', 'followed', r.standing, r.standing,
      p_message => format('%s: %s. %s', concat_ws(' · ', r.number, nullif(r.title, '')), app.followup_words(r.state), r.words),
      p_actor => r.noted_by));
    v_count := v_count + 1;
  end loop;
  return v_count;
end $$;
insert into app.due_jobs (position, name, handler) values (17, 'followups_told', 'tell_followups');

-- What an author was told of each action, the newest state of each, with their answer: part of the content of a folio. Null without any.
create function app.followups_of(p_submission uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('id', t.id, 'number', t.number, 'title', nullif(t.title, ''),
      'state', t.state, 'words', t.words, 'link', t.link, 'area', t.area, 'on_day', t.on_day, 'done', t.done)) order by t.seq)
    from (select distinct on (f.part_id) f.*, n.done from app.followup_news n join app.part_followups f on f.id = n.followup_id
      where n.submission_id = p_submission order by f.part_id, f.seq desc) t);
end $$;

-- «¿Se hizo?»: the author of a proposal answers for a state that they were told; a later answer replaces it.
create function public.answer_followup(p_folio text, p_secret text, p_followup uuid, p_done boolean) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_id uuid := app.own_submission(p_folio, p_secret, 'propuestas');
begin
  if p_done is null then perform app.refuse('malformed_op', 'done'); end if;
  update app.followup_news n set done = p_done where n.submission_id = v_id and n.followup_id = p_followup;
  if not found then perform app.refuse('submission_unknown', null, 404); end if;
  return jsonb_build_object('done', p_done);
end $$;
grant execute on function public.answer_followup(text, text, uuid, boolean) to anon, authenticated;

-- The states as rows of the open data, the oldest first.
create function app.followup_open_rows(p_edition app.result_editions) returns setof jsonb
language plpgsql stable set search_path = '' as $$
begin
  return query select jsonb_build_object('tipo', 'seguimiento', 'id', f.id, 'parte', f.number,
    'estado', case f.state when 'planned' then 'planeada' when 'under_way' then 'en_curso' when 'done' then 'hecha' else 'no_se_hara' end,
    'evidencia', app.open_text(f.words, p_edition), 'enlace', app.open_text(f.link, p_edition),
    'responsable', app.open_text(f.area, p_edition), 'fecha', f.on_day, 'anotado', app.local_day(f.noted_at))
  from app.part_followups f where f.convocatoria_id = p_edition.convocatoria_id order by f.seq;
end $$;
