-- What the author of any submission can do with its secret, and the landing's document.

-- The author's own submission, locked. Refuses who shows no secret of it, and a version not seen.
create function app.lock_own(p_op app.op) returns app.submissions
language plpgsql volatile set search_path = '' as $$
begin
  if not app.is_author(p_op.entity_id, p_op.secret) then perform app.refuse('submission_unknown', null, 404); end if;
  return app.lock_submission(p_op.entity_id, p_op.expected_version);
end $$;

-- Hides it at once; for 24 hours it can be taken back.
create function app.withdraw_submission(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_submission app.submissions := app.lock_own(p_op);
begin
  if v_submission.state in ('withdrawn', 'expired') then perform app.refuse('not_withdrawable', null, 409); end if;
  update app.submissions s set state = 'withdrawn', withdrawn_from = s.state, withdrawn_at = app.now(),
    version = s.version + 1 where s.id = v_submission.id;
  perform app.record_event(v_submission.id, 'author', 'withdrawn', v_submission.state, 'withdrawn');
end $$;

create function app.undo_withdrawal(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_submission app.submissions := app.lock_own(p_op);
begin
  if v_submission.state <> 'withdrawn' then perform app.refuse('transition_invalid', null, 409); end if;
  if v_submission.withdrawn_from is null or app.now() >= v_submission.withdrawn_at + interval '24 hours' then
    perform app.refuse('withdrawal_final', null, 409);
  end if;
  update app.submissions s set state = s.withdrawn_from, withdrawn_from = null, withdrawn_at = null,
    version = s.version + 1 where s.id = v_submission.id;
  perform app.record_event(v_submission.id, 'author', 'withdrawal_undone', 'withdrawn', v_submission.withdrawn_from);
end $$;

insert into app.op_kinds (kind, actor, handler) values
  ('submission.withdraw', 'citizen', 'withdraw_submission'),
  ('submission.undo_withdraw', 'citizen', 'undo_withdrawal');

-- A submission by folio and secret, on any device. Unknown folio and wrong secret are told apart by nobody.
create function public.open_folio(p_folio text, p_secret text) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_row jsonb;
begin
  select app.submission_row(s.id) into v_row from app.submissions s
  where s.folio = p_folio and app.is_author(s.id, p_secret);
  if v_row is null then perform app.refuse('submission_unknown', null, 404); end if;
  return v_row;
end $$;
grant execute on function public.open_folio(text, text) to anon, authenticated;

-- What the landing needs, in one cacheable document. Before the institution is configured, neutral words.
create function public.bootstrap() returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('now', app.now(),
    'institution', coalesce((select jsonb_build_object('name', i.name, 'short_name', i.short_name,
        'accent', i.accent, 'demo_label', i.demo_label, 'contact', i.contact) from app.institution i),
      jsonb_build_object('name', 'Institución por configurar', 'short_name', 'Participa', 'accent', '#5b3a8e',
        'demo_label', null, 'contact', jsonb_build_object('email', '', 'phone', '', 'address', '', 'hours', ''))),
    'convocatorias', coalesce((select jsonb_agg(app.convocatoria_card(c) order by c.opens_at desc, c.id)
      from app.convocatorias c where c.published), '[]'))
$$;
grant execute on function public.bootstrap() to anon, authenticated;
