-- Withdrawing a registration releases all its seats at once. Undoing the withdrawal puts it at the end of the
-- line, because other people may hold those seats by then.

create function app.give_back_seats(p_submission uuid) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_seat app.seats;
  v_days uuid[] := '{}';
begin
  for v_seat in select s.* from app.seats s
    where s.submission_id = p_submission and s.status in ('waiting', 'offered', 'pending', 'confirmed', 'set_apart', 'repeated') loop
    perform app.release_seat(v_seat, true);
    v_days := v_days || v_seat.jornada_id;
  end loop;
  perform app.mail_seats(p_submission, v_days, 'cancelled');
end $$;

-- Days of the withdrawal that were called off meanwhile count as called off for this person too: their people may take
-- another day, and get a seat at the end of the line if the day takes place after all.
create function app.call_off_given_back(p_submission uuid) returns void
language plpgsql volatile set search_path = '' as $$
begin
  update app.seats s set given_back = false, called_off = true,
    position = (select max(o.position) + 1 from app.seats o where o.jornada_id = s.jornada_id)
  where s.submission_id = p_submission and s.given_back
    and exists (select from app.jornadas j where j.id = s.jornada_id and j.cancelled_at is not null);
end $$;

-- Leaves out days that have begun and days for which the address registered again meanwhile: those stay cancelled. A day
-- that was called off before the withdrawal and takes place after all comes back like the others.
create function app.requeue_seats(p_submission uuid) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_lost uuid[] := array(select s.jornada_id from app.seats s join app.jornadas j on j.id = s.jornada_id
    where s.submission_id = p_submission and s.given_back and j.cancelled_at is not null);
  v_days uuid[] := array(select s.jornada_id from app.seats s join app.jornadas j on j.id = s.jornada_id
    where s.submission_id = p_submission and (s.given_back or (s.called_off and s.moved_to is null)) and j.cancelled_at is null and not app.has_begun(j));
  v_taken uuid[] := app.days_taken_by(p_submission, v_days);
begin
  perform app.call_off_given_back(p_submission);
  perform app.take_seat(p_submission, d.id) from unnest(v_days) d (id) where d.id <> all (v_taken);
  update app.seats s set given_back = false where s.submission_id = p_submission and s.given_back;
  if not v_days <@ v_taken then perform app.mail_registration(p_submission); end if;
  perform app.mail_about_seats(p_submission, 'Se canceló una jornada', app.cancelled_letter(j, j.cancel_reason), 'deadline')
  from app.jornadas j where j.id = any (v_lost);
end $$;

create function app.follow_withdrawal() returns trigger
language plpgsql volatile set search_path = '' as $$
begin
  perform app.lock_seats(new.id);
  if new.state = 'withdrawn' then
    perform app.give_back_seats(new.id);
  else
    perform app.requeue_seats(new.id);
  end if;
  return null;
end $$;
create trigger follow_withdrawal after update on app.submissions for each row
  when (new.kind = 'jornadas' and (old.state = 'withdrawn') <> (new.state = 'withdrawn'))
  execute function app.follow_withdrawal();
