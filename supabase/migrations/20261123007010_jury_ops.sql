-- How videos are dealt to jurors, and how a juror marks one or steps aside: ops, so that a phone without signal loses no mark.

-- A third juror is wanted where two differ. How many places of a video nobody has.
create function app.vacant_seats(p_submission uuid) returns int
language plpgsql stable set search_path = '' as $$
begin
  return (select 2 - count(*) filter (where not t.is_third)
      + case when app.differs(p_submission) and count(*) filter (where t.is_third) = 0 then 1 else 0 end
    from app.jury_seats t where t.submission_id = p_submission and t.left_as is null);
end $$;

-- The juror with the least work in the campaign who never sat for this video; of equals, another one for each video. Null: nobody is left.
create function app.next_juror(p_convocatoria uuid, p_submission uuid) returns uuid
language plpgsql stable set search_path = '' as $$
begin
  return (select j.user_id from (select distinct s.user_id from app.staff s where s.role = 'juror' and s.active) j
    cross join lateral (select count(*) as seats from app.jury_seats t join app.videos v on v.submission_id = t.submission_id
      where t.user_id = j.user_id and t.left_as is null and v.convocatoria_id = p_convocatoria) w
    where app.may_judge(j.user_id, p_convocatoria)
      and not exists (select from app.jury_seats t where t.submission_id = p_submission and t.user_id = j.user_id)
    order by w.seats, md5(p_submission::text || j.user_id) limit 1);
end $$;

-- Seats this juror for the video. p_by: who chose.
create function app.seat(p_convocatoria uuid, p_submission uuid, p_juror uuid, p_by uuid) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_third boolean := (select count(*) >= 2 from app.jury_seats t
    where t.submission_id = p_submission and t.left_as is null and not t.is_third);
begin
  insert into app.jury_seats (submission_id, user_id, is_third, by_id) values (p_submission, p_juror, v_third, p_by);
  perform app.log_jury(p_convocatoria, case when v_third then 'third' else 'seated' end, p_submission, p_juror, p_by);
end $$;

-- Fills the vacant places of a video, as far as there are jurors. The caller holds the lock of the selection.
create function app.fill_jury(p_convocatoria uuid, p_submission uuid) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_juror uuid;
begin
  while app.vacant_seats(p_submission) > 0 loop
    v_juror := app.next_juror(p_convocatoria, p_submission);
    exit when v_juror is null;
    perform app.seat(p_convocatoria, p_submission, v_juror, null);
  end loop;
end $$;

-- Whether the caller judges this video now.
create function app.judges(p_submission uuid) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return exists (select from app.jury_seats t join app.submissions u on u.id = t.submission_id and u.state = 'accepted'
    join app.selections s on s.convocatoria_id = u.convocatoria_id and s.closed_at is null
    where t.submission_id = p_submission and t.user_id = (select app.admitted_user()) and t.left_as is null
      and app.may_judge(t.user_id, u.convocatoria_id));
end $$;

-- What a juror reads of one video: nothing that says who sent it, and nothing of the other jurors before all have marked.
create function app.jury_item(p_seat app.jury_seats) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select jsonb_build_object('id', p_seat.id, 'version', 1, 'convocatoria_id', v.convocatoria_id, 'campaign', c.title, 'folio', u.folio,
      'title', v.title, 'pillar', p.title, 'summary', v.summary, 'transcript', v.transcript, 'voiceless', v.voiceless, 'criteria', s.criteria,
      'marks', m.marks, 'reason', m.reason, 'saved_at', m.saved_at,
      'media', jsonb_build_object('id', f.id, 'status', f.status, 'bytes', f.bytes, 'mime', f.mime, 'duration_ms', f.duration_ms,
        'width', f.width, 'height', f.height, 'expires_at', f.expires_at, 'tells', '[]'::jsonb, 'sha256', '',
        'found', null, 'poster', translate(encode(f.poster, 'base64'), E'\n', '')),
      'others', case when app.is_judged(v.submission_id) then app.marks_of(v.submission_id, p_seat.id) end)
    from app.videos v join app.submissions u on u.id = v.submission_id join app.convocatorias c on c.id = v.convocatoria_id
    join app.selections s on s.convocatoria_id = v.convocatoria_id
    join app.pillars p on (p.convocatoria_id, p.key) = (v.convocatoria_id, v.pillar)
    join app.media_uploads f on f.submission_id = v.submission_id
    left join app.jury_marks m on m.seat_id = p_seat.id
    where v.submission_id = p_seat.submission_id);
end $$;

-- The marks of a video's jurors but one: [{juror, marks, reason}]. Only for who may read them: see app.is_judged.
create function app.marks_of(p_submission uuid, p_but uuid default null) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('juror', app.staff_name(t.user_id), 'is_third', t.is_third, 'marks', m.marks,
      'reason', m.reason) order by t.is_third, t.at, t.id), '[]')
    from app.jury_seats t join app.jury_marks m on m.seat_id = t.id
    where t.submission_id = p_submission and t.left_as is null and t.id is distinct from p_but);
end $$;

-- The row of a verdict on a seat; null when it is not the caller's.
create function app.jury_item_of(p_seat uuid, p_part uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select app.jury_item(t) from app.jury_seats t
    where t.id = p_seat and t.user_id = (select app.admitted_user()) and t.left_as is null and app.judges(t.submission_id));
end $$;

-- The videos that the caller judges: those to mark first. `poster` and transcript come with public.jury_video.
create function public.jury_desk() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  if not app.has_role_somewhere(app.jurors()) then perform app.refuse('not_allowed', null, 403); end if;
  return jsonb_build_object('now', app.now(), 'items', (select coalesce(jsonb_agg(jsonb_build_object('id', t.id,
      'campaign', c.title, 'folio', u.folio, 'title', v.title, 'pillar', p.title, 'bytes', f.bytes, 'duration_ms', f.duration_ms,
      'marked', m.seat_id is not null, 'judged', app.is_judged(v.submission_id), 'selection_on', l.selection_on)
      order by m.seat_id is not null, c.id, t.at, t.id), '[]')
    from app.jury_seats t join app.submissions u on u.id = t.submission_id join app.videos v on v.submission_id = u.id
    join app.convocatorias c on c.id = v.convocatoria_id join app.video_campaigns l on l.convocatoria_id = c.id
    join app.pillars p on (p.convocatoria_id, p.key) = (v.convocatoria_id, v.pillar)
    join app.media_uploads f on f.submission_id = u.id
    left join app.jury_marks m on m.seat_id = t.id
    where t.user_id = auth.uid() and t.left_as is null and app.judges(u.id)));
end $$;
grant execute on function public.jury_desk() to authenticated;

-- One of them, whole. Any other is unknown.
create function public.jury_video(p_id uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_item jsonb := app.jury_item_of(p_id, null);
begin
  if not app.has_role_somewhere(app.jurors()) then perform app.refuse('not_allowed', null, 403); end if;
  if v_item is null then perform app.refuse('submission_unknown', null, 404); end if;
  return v_item;
end $$;
grant execute on function public.jury_video(uuid) to authenticated;

-- The caller's seat, with the selection locked. Refuses one that is not theirs, or over.
create function app.lock_seat(p_seat uuid) returns app.jury_seats
language plpgsql volatile set search_path = '' as $$
declare
  v_seat app.jury_seats;
begin
  perform 1 from app.selections s join app.videos v on v.convocatoria_id = s.convocatoria_id
    join app.jury_seats t on t.submission_id = v.submission_id where t.id = p_seat for update of s;
  select * into v_seat from app.jury_seats t where t.id = p_seat;
  if v_seat.user_id is distinct from auth.uid() or not app.may_judge(auth.uid(), (select v.convocatoria_id from app.videos v
      where v.submission_id = v_seat.submission_id)) then
    perform app.refuse('not_allowed', null, 403);
  end if;
  if v_seat.left_as is not null or not app.judges(v_seat.submission_id) then perform app.refuse('selection_closed', null, 409); end if;
  if app.is_judged(v_seat.submission_id) then perform app.refuse('marks_final', null, 409); end if;
  return v_seat;
end $$;

-- The marks of a payload: one of 1 to 5 for each criterion.
create function app.check_marks(p_marks jsonb, p_submission uuid) returns int[]
language plpgsql stable set search_path = '' as $$
begin
  if jsonb_typeof(p_marks) is distinct from 'array' or jsonb_array_length(p_marks) <> (select jsonb_array_length(s.criteria)
      from app.selections s join app.videos v on v.convocatoria_id = s.convocatoria_id where v.submission_id = p_submission)
    or exists (select from jsonb_array_elements(p_marks) e where e.value::text !~ '^[1-5]$') then
    perform app.refuse('marks_incomplete', 'marks');
  end if;
  return array(select e.value::text::int from jsonb_array_elements(p_marks) with ordinality e order by e.ordinality);
end $$;

-- payload {marks, reason}. May be changed until every juror of the video has marked it: until then nobody else has read it.
create function app.mark_video(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_seat app.jury_seats := app.lock_seat(p_op.entity_id);
  v_campaign uuid := (select v.convocatoria_id from app.videos v where v.submission_id = v_seat.submission_id);
  v_marks int[] := app.check_marks(p_op.payload -> 'marks', v_seat.submission_id);
  v_reason text := app.trimmed(app.text_of(p_op.payload, 'reason'));
  v_is_first boolean := not exists (select from app.jury_marks m where m.seat_id = v_seat.id);
begin
  if app.visible_length(coalesce(v_reason, '')) = 0 then perform app.refuse('reason_required', 'reason'); end if;
  if char_length(v_reason) > 1000 then perform app.refuse('text_too_long', 'reason'); end if;
  if v_is_first then
    insert into app.jury_marks (seat_id, marks, reason) values (v_seat.id, v_marks, v_reason);
  else
    update app.jury_marks m set marks = v_marks, reason = v_reason, saved_at = app.now() where m.seat_id = v_seat.id;
  end if;
  perform app.log_jury(v_campaign, case when v_is_first then 'marked' else 'changed' end, v_seat.submission_id);
  perform app.fill_jury(v_campaign, v_seat.submission_id);
end $$;

-- payload {reason}: the juror knows who it is, or should not judge for another reason. The video goes to another one.
create function app.recuse(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_seat app.jury_seats := app.lock_seat(p_op.entity_id);
  v_campaign uuid := (select v.convocatoria_id from app.videos v where v.submission_id = v_seat.submission_id);
begin
  update app.jury_seats t set left_as = 'recused', reason = app.check_reason_given(app.text_of(p_op.payload, 'reason'))
  where t.id = v_seat.id;
  perform app.log_jury(v_campaign, 'recused', v_seat.submission_id);
  perform app.fill_jury(v_campaign, v_seat.submission_id);
end $$;

insert into app.op_kinds (kind, actor, handler, roles, row_function) values
  ('jury.mark', 'staff', 'mark_video', app.jurors(), 'jury_item_of'),
  ('jury.recuse', 'staff', 'recuse', app.jurors(), 'jury_item_of');
