-- Who registered, and whether that person is confirmed. Addresses and names are free to invent, so a seat that nobody
-- confirmed is held for a time only (app.confirm_seat, app.lapse_holds), and one body holds a bounded number of them.

-- How many people of one body may hold or await seats of one day without being confirmed. Offices send a handful to a
-- day, and each leaves the count with one tap; 200 invented people of one office would fill a hall.
create function app.unconfirmed_cap() returns int
language sql immutable parallel safe as $$ select 10 $$;

-- For how many people of a campaign one address speaks. A liaison registers colleagues from one mailbox; without a bound,
-- one confirmed mailbox would confirm any number of invented names. Staff confirm the others by telephone.
create function app.vouched_people() returns int
language sql immutable parallel safe as $$ select 10 $$;

-- The same address and the same name are one person, whatever the case, accents and spaces of the name. The same address
-- with another name is a colleague. Null without an address.
create function app.person_key(p_email text, p_name text) returns text
language plpgsql stable set search_path = '' as $$
begin
  return app.keyed_hash('person:' || p_email || ' ' || btrim(regexp_replace(app.folded(normalize(p_name, nfkc)),
    '[^[:alnum:]]+', ' ', 'g')));
end $$;

create function app.registrations_of_person(p_submission uuid) returns uuid[]
language plpgsql stable set search_path = '' as $$
begin
  return array(select p_submission union
    select r.submission_id from app.registrations own join app.registrations r on r.person_key = own.person_key
    where own.submission_id = p_submission);
end $$;

-- The earlier registration with which the same person has or awaits a seat of this day; null without one.
create function app.seated_before(p_submission uuid, p_jornada uuid) returns uuid
language plpgsql stable set search_path = '' as $$
begin
  return (select s.submission_id from app.seats s
    where s.submission_id = any (app.registrations_of_person(p_submission)) and s.submission_id <> p_submission
      and s.jornada_id = p_jornada and s.status not in ('cancelled', 'repeated') order by s.position limit 1);
end $$;

-- Whether a new registration from this address is confirmed at once.
create function app.speaks_for_more(p_key text, p_convocatoria uuid) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return exists (select from app.mail_addresses a where a.address_key = p_key and a.confirmed_at is not null)
    and (select count(*) from (select from app.contacts c join app.registrations r on r.submission_id = c.submission_id
      join app.submissions s on s.id = c.submission_id where c.email_key = p_key and s.convocatoria_id = p_convocatoria
        and r.confirmed_at is not null limit app.vouched_people()) t) < app.vouched_people();
end $$;

create function app.write_registration(p_submission uuid, p_body uuid, p_post text) returns void
language plpgsql volatile set search_path = '' as $$
begin
  insert into app.registrations (submission_id, body_id, post, person_key, confirmed_at)
  select s.id, p_body, p_post, app.person_key(c.email, c.display_name),
    case when app.speaks_for_more(c.email_key, s.convocatoria_id) then app.now() end
  from app.submissions s join app.contacts c on c.submission_id = s.id where s.id = p_submission;
end $$;

-- Whether a registration waits for staff before it gets what this day has: its person is unconfirmed, and no letter can
-- reach them, or the body has as many unconfirmed people on this day as it may.
create function app.is_set_apart(p_submission uuid, p_jornada uuid) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return (select r.confirmed_at is null and (c.email is null or app.unconfirmed_cap() <= (select count(*) from (
      select from app.registrations o join app.seats s on s.submission_id = o.submission_id and s.jornada_id = p_jornada
      where o.body_id = r.body_id and o.confirmed_at is null and o.submission_id <> r.submission_id
        and s.status in ('waiting', 'offered', 'pending', 'confirmed') limit app.unconfirmed_cap()) t))
  from app.registrations r left join app.contacts c on c.submission_id = r.submission_id
  where r.submission_id = p_submission);
end $$;

-- Notes that these people were confirmed. Their seats are held without a term, their place in the line counts like that
-- of everybody, and what was set apart is admitted by the next job, because that needs the locks of the days.
create function app.confirm_people(p_submissions uuid[]) returns void
language plpgsql volatile set search_path = '' as $$
begin
  update app.registrations r set confirmed_at = app.now()
  where r.submission_id = any (p_submissions) and r.confirmed_at is null;
  update app.seats s set held_until = null, lapsed = false,
    admitted_at = case when s.status = 'set_apart' and not s.over_limit then coalesce(s.admitted_at, app.now()) end,
    shows = case when s.shows = 'set_apart' and s.status = 'repeated' then 'waiting' else s.shows end
  where s.submission_id = any (p_submissions)
    and (s.held_until is not null or s.lapsed or s.status = 'set_apart' or s.shows = 'set_apart');
end $$;

-- A confirmed address confirms the first people of each campaign who wrote from it.
create function app.confirm_people_of_address() returns trigger
language plpgsql volatile set search_path = '' as $$
begin
  perform app.confirm_people(array(select o.submission_id from (select r.submission_id, r.confirmed_at, row_number() over (
      partition by s.convocatoria_id order by r.confirmed_at, s.received_at, s.id) as place
    from app.contacts c join app.registrations r on r.submission_id = c.submission_id
    join app.submissions s on s.id = c.submission_id
    where c.email_key = new.address_key and (s.state <> 'withdrawn' or r.confirmed_at is not null)) o
    where o.confirmed_at is null and o.place <= app.vouched_people()));
  return null;
end $$;
create trigger confirm_people after insert or update of confirmed_at on app.mail_addresses
  for each row when (new.confirmed_at is not null) execute function app.confirm_people_of_address();

-- The registrations that stand for the same person on one day: confirming one confirms all.
create function app.registrations_to_confirm(p_submission uuid) returns uuid[]
language plpgsql stable set search_path = '' as $$
begin
  return array(select distinct r.id from app.seats s, unnest(array[s.submission_id, s.repeats]) r (id)
    where (s.submission_id = p_submission or s.repeats = p_submission) and r.id is not null
    union select p_submission);
end $$;

-- payload {}. Staff spoke with the person by the telephone of their body. A repeated op changes nothing.
create function app.confirm_by_telephone(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_submission app.submissions;
begin
  if not app.has_role(app.deciders(), (select s.convocatoria_id from app.submissions s where s.id = p_op.entity_id)) then
    perform app.refuse('not_allowed', null, 403);
  end if;
  v_submission := app.lock_submission(p_op.entity_id, null);
  if v_submission.kind <> 'jornadas' or v_submission.state = 'withdrawn' then
    perform app.refuse('transition_invalid', null, 409);
  elsif (select r.confirmed_at is not null from app.registrations r where r.submission_id = v_submission.id) then
    return;
  end if;
  perform app.confirm_people(app.registrations_to_confirm(v_submission.id));
  perform app.touch_submission(v_submission.id);
  perform app.record_event(v_submission.id, 'staff', 'confirmed', v_submission.state, v_submission.state,
    p_message => 'Confirmamos por teléfono que usted asistirá. Sus lugares ya no tienen plazo.', p_actor => auth.uid());
  perform app.admit_on(array(select s.jornada_id from app.seats s where s.submission_id = v_submission.id));
end $$;

insert into app.op_kinds (kind, actor, handler) values ('registration.confirm', 'staff', 'confirm_by_telephone');
