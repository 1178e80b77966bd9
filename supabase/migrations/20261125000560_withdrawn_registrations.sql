-- Withdrawing a registration gives all its seats back at once; taking that back queues it again, at the end
-- of the line: meanwhile the seats may be somebody else's.

create function app.give_back_seats(p_submission uuid) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_seat app.seats;
  v_days uuid[] := '{}';
begin
  for v_seat in select s.* from app.seats s
    where s.submission_id = p_submission and s.status in ('waiting', 'offered', 'confirmed') loop
    perform app.release_seat(v_seat, true);
    v_days := v_days || v_seat.jornada_id;
  end loop;
  perform app.mail_seats(p_submission, v_days, 'cancelled');
end $$;

-- Not for a day that has begun, nor for one that the address registered for anew.
create function app.queue_again(p_submission uuid) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_days uuid[] := array(select s.jornada_id from app.seats s join app.jornadas j on j.id = s.jornada_id
    where s.submission_id = p_submission and s.given_back and not app.has_begun(j));
  v_taken uuid[] := app.days_taken_by((select c.email from app.contacts c where c.submission_id = p_submission), v_days);
begin
  perform app.take_seat(p_submission, d.id) from unnest(v_days) d (id) where d.id <> all (v_taken);
  if not v_days <@ v_taken then perform app.mail_registration(p_submission); end if;
end $$;

create function app.follow_withdrawal() returns trigger
language plpgsql volatile set search_path = '' as $$
begin
  perform app.hold_seats(new.id);
  if new.state = 'withdrawn' then
    perform app.give_back_seats(new.id);
  else
    perform app.queue_again(new.id);
  end if;
  return null;
end $$;
create trigger follow_withdrawal after update on app.submissions for each row
  when (new.kind = 'jornadas' and (old.state = 'withdrawn') <> (new.state = 'withdrawn'))
  execute function app.follow_withdrawal();

update app.campaign_kinds set content_function = 'registration_content',
  staff_content_function = 'registration_staff_content',
  headline_function = 'registration_headline', details_function = 'jornada_details', hold_function = 'hold_seats',
  moderated = false, own_receipt = true
where kind = 'jornadas';

insert into app.op_kinds (kind, actor, handler) values
  ('registration.submit', 'citizen', 'submit_registration'),
  ('registration.cancel_day', 'citizen', 'cancel_day'),
  ('registration.accept_offer', 'citizen', 'accept_offer');

-- Jobs ------------------------------------------------------------------------------------------------

-- An offer that nobody accepted is the next person's. When a day is busy, the next round tries again.
create function app.lapse_offers() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_days uuid[] := array(select distinct s.jornada_id from app.seats s
    where s.status = 'offered' and s.offer_until <= app.now());
  v_seat app.seats;
  v_count int := 0;
begin
  begin
    perform app.hold_jornadas(v_days);
  exception when lock_not_available then
    return 0;
  end;
  for v_seat in select s.* from app.seats s
    where s.jornada_id = any (v_days) and s.status = 'offered' and s.offer_until <= app.now()
    order by s.jornada_id, s.position limit 500 loop
    perform app.release_seat(v_seat, false);
    perform app.touch_submission(v_seat.submission_id);
    perform app.mail_seats(v_seat.submission_id, array[v_seat.jornada_id], 'lapsed');
    v_count := v_count + 1;
  end loop;
  return v_count;
end $$;

-- Accessibility needs of who has no day left, also not by an undo that is still possible.
create function app.forget_needs() returns int
language sql volatile set search_path = '' as $$
  with gone as (
    delete from app.accessibility_needs n where n.submission_id in (
      select o.submission_id from app.accessibility_needs o join app.submissions u on u.id = o.submission_id
      where not exists (select from app.seats s join app.jornadas j on j.id = s.jornada_id
        where s.submission_id = o.submission_id
          and (s.status <> 'cancelled' or (s.given_back and u.withdrawn_from is not null))
          and (j.on_day is null or j.on_day >= app.local_day(app.now()))) limit 500)
    returning 1
  ) select count(*)::int from gone
$$;

insert into app.due_jobs (position, name, handler) values
  (1, 'offers_lapsed', 'lapse_offers'),
  (2, 'needs_forgotten', 'forget_needs');
