-- All that a fourth kind of campaign adds to the database: a poll with one answer, which its author may change when
-- staff request it, and until they review it.

insert into app.campaign_kinds (kind, folio_prefix, noun, content_function, headline_function)
values ('encuestas', 'EN', 'tu respuesta', 'encuesta_content', 'encuesta_headline');

insert into app.kind_permissions (kind, permission, position, consent_key, publishes) values
  ('encuestas', 'text', 1, 'publish', true);

create table app.encuestas (
  submission_id uuid primary key references app.submissions on delete cascade,
  answer text not null
);
alter table app.encuestas enable row level security;

create function app.encuesta_content(p_id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select jsonb_build_object('answer', e.answer) from app.encuestas e where e.submission_id = p_id);
end $$;

create function app.encuesta_headline(p_id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select jsonb_build_object('part_label', null, 'excerpt', left(e.answer, 140))
  from app.encuestas e where e.submission_id = p_id);
end $$;

create function app.submit_encuesta(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_convocatoria app.convocatorias;
  v_late boolean;
  v_answer text := app.text_of(p_op.payload, 'answer');
begin
  if app.is_received(p_op) then return; end if;
  v_convocatoria := app.target_convocatoria(p_op.payload, 'encuestas');
  v_late := app.check_window(v_convocatoria);
  if v_answer is null then perform app.refuse('malformed_op', 'answer'); end if;
  perform app.check_consents(p_op.payload, v_convocatoria.notice_id);
  if app.receive_submission(p_op, v_convocatoria, v_late, v_answer) is null then
    perform app.is_received(p_op);
    return;
  end if;
  insert into app.encuestas (submission_id, answer) values (p_op.entity_id, v_answer);
end $$;

create function app.correct_encuesta(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_submission app.submissions := app.lock_own(p_op);
begin
  if v_submission.kind <> 'encuestas' then perform app.refuse('not_correctable', null, 409); end if;
  update app.encuestas e set answer = app.text_of(p_op.payload, 'answer') where e.submission_id = v_submission.id;
  update app.submissions s set state = app.state_after_correction(v_submission), correction_until = null,
    version = s.version + 1 where s.id = v_submission.id;
  perform app.record_event(v_submission.id, 'author', 'corrected', v_submission.state,
    app.state_after_correction(v_submission));
end $$;

-- How many times each answer was given. Anybody may read it.
create function public.encuesta_counts(p_convocatoria uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_object_agg(c.answer, c.times), '{}')
  from (
    select e.answer, count(*) as times
    from app.encuestas e join app.submissions s on s.id = e.submission_id
    where s.convocatoria_id = p_convocatoria
    group by e.answer
  ) c
$$;
grant execute on function public.encuesta_counts to anon;

insert into app.op_kinds (kind, actor, handler) values
  ('encuesta.submit', 'citizen', 'submit_encuesta'),
  ('encuesta.correct', 'citizen', 'correct_encuesta');
