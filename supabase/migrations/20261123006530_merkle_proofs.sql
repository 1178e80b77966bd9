-- What a phone asks to check that its submission is in the log.

-- The steps of a submission that its author reads of and the newest head has, each with what its leaf commits to and the proof
-- that it is there; and the proof that this head extends the one of p_known leaves that the phone remembers (0: none).
-- `waiting`: steps that the head does not have. `erased`: nothing can open the commitments any more. Up to the first twenty
-- steps.
create function public.log_proof(p_folio text, p_secret text, p_known bigint default 0) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_id uuid := app.own_submission(p_folio, p_secret);
  v_head app.merkle_heads := app.newest_head();
  v_size bigint := coalesce(v_head.size, 0);
  v_salt bytea := (select k.salt from app.merkle_salts k where k.submission_id = v_id);
begin
  return jsonb_build_object(
    'head', case when v_size > 0 then jsonb_build_object('text', v_head.text, 'signature', v_head.signature) end,
    'consistency', app.base64url(app.merkle_consistency(coalesce(p_known, 0), v_size)),
    'steps', coalesce((select jsonb_agg(jsonb_build_object('text', app.step_text(d.e, p_folio), 'salt', encode(v_salt, 'hex'),
        'position', d.position, 'proof', app.base64url(app.merkle_path(d.position, 0, v_size))) order by d.position)
      from (select e, l.position from app.told_events t join app.review_events e on e.seq = t.seq
          join app.merkle_leaves l on l.event_seq = e.seq
        where e.submission_id = v_id and l.position < v_size and v_salt is not null order by l.position limit 20) d), '[]'),
    'waiting', (select count(*)::int from app.told_events e where e.submission_id = v_id and not exists (
      select from app.merkle_leaves l where l.event_seq = e.seq and l.position < v_size)),
    'erased', (select s.content_erased_at is not null from app.submissions s where s.id = v_id));
end $$;
grant execute on function public.log_proof(text, text, bigint) to anon, authenticated;
