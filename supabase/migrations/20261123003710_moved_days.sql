-- Whoever had or awaited a seat on a day that the institution called off takes another day of the same group, with
-- what they wrote before. The closing of the campaign does not count: the institution took their day away.

create function app.mail_moved_seat(p_submission uuid, p_jornada uuid) returns void
language plpgsql volatile set search_path = '' as $$
begin
  perform app.mail_about_seats(s.submission_id, 'Tomó otro día', format(E'Su nuevo día:\n\n%s: %s',
    app.jornada_line(j, s.online), app.seat_words(s)), 'notice')
  from app.seats s join app.jornadas j on j.id = s.jornada_id
  where s.submission_id = p_submission and s.jornada_id = p_jornada;
end $$;

-- The seat whose right to another day stands for this one's. A right passes on to the day that was taken when that day is
-- called off too, so that one lost day never gives two rights.
create function app.seat_with_right(p_seat app.seats) returns app.seats
language plpgsql stable set search_path = '' as $$
declare
  v_seat app.seats := p_seat;
  v_next app.seats;
begin
  loop   -- ends: taking a day clears its own moved_to, so the chain has no circle
    select * into v_next from app.seats s where s.submission_id = v_seat.submission_id
      and s.jornada_id = v_seat.moved_to and s.called_off;
    exit when not found;
    v_seat := v_next;
  end loop;
  return v_seat;
end $$;

-- payload {jornada_id, to}: from a day that was called off to another one, or to the same one once it takes place again
-- for others. A repeated op changes nothing. Whoever holds the day that was taken instead takes no second one.
create function app.move_day(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_to app.jornadas;
  v_seat app.seats;
  v_taken uuid;
begin
  select * into v_to from app.jornadas j where j.id = app.parse_uuid(app.text_of(p_op.payload, 'to'));
  if not app.is_author(p_op.entity_id, p_op.secret) then perform app.refuse('submission_unknown', null, 404); end if;
  perform app.lock_jornadas(array(select s.jornada_id from app.seats s where s.submission_id = p_op.entity_id) || v_to.id);
  v_seat := app.seat_with_right(app.lock_own_seat(p_op));
  select s.jornada_id into v_taken from app.seats s where s.submission_id = v_seat.submission_id
    and s.jornada_id = v_seat.moved_to and s.status <> 'cancelled';
  if v_taken = v_to.id then return; end if;
  if not v_seat.called_off then perform app.refuse('jornada_not_cancelled', 'jornada_id', 409); end if;
  if v_taken is not null then perform app.refuse('already_registered', 'to', 409); end if;
  perform app.check_jornadas((select j.convocatoria_id from app.jornadas j where j.id = v_seat.jornada_id),
    jsonb_build_object('jornada_ids', jsonb_build_array(p_op.payload -> 'to')));
  perform app.lock_open_jornadas(array[v_to.id]);
  if v_to.group_id <> (select j.group_id from app.jornadas j where j.id = v_seat.jornada_id) then
    perform app.refuse('body_ineligible', 'to');
  elsif cardinality(app.days_taken_by(v_seat.submission_id, array[v_to.id])) > 0 then
    perform app.refuse('already_registered', 'to', 409);
  end if;
  perform app.take_seat(v_seat.submission_id, v_to.id);
  update app.seats s set moved_to = v_to.id
  where s.submission_id = v_seat.submission_id and s.jornada_id = v_seat.jornada_id and s.called_off;
  perform app.touch_submission(v_seat.submission_id);
  perform app.mail_moved_seat(v_seat.submission_id, v_to.id);
end $$;

insert into app.op_kinds (kind, actor, handler) values ('registration.move_day', 'citizen', 'move_day');
