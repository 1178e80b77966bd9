-- Which letters leave, and when. The counts lie here and not where letters are queued, so that an undone decision costs
-- its reader nothing and no submission waits for another one's address.
--
-- An address that nobody confirmed gets one letter that asks for it, then three with a deadline at most. A confirmed one
-- gets three letters an hour and six a day, ten with a deadline among them; what comes sooner waits, and leaves together in
-- one letter. Letters that somebody asked for: eight a day. Who wants no letters gets only those.

-- Whether a letter waits for the morning: it is between 21:00 and 8:00 in central Mexico, nobody asked for it, and its reader
-- loses nothing before noon.
create function app.waits_for_morning(p_class text, p_misses timestamptz) returns boolean
language plpgsql stable set search_path = '' as $$
declare
  v_local timestamp := app.now() at time zone 'America/Mexico_City';
begin
  if p_class = 'asked' or (v_local::time >= '08:00' and v_local::time < '21:00') then return false; end if;
  return coalesce(p_misses >= (date_trunc('day', v_local + interval '3 hours') + interval '12 hours')
    at time zone 'America/Mexico_City', true);
end $$;

-- Whether a sender may take the letter now. One that was given to the mail service and was never settled is in doubt: it may
-- have left. It is taken again only where the service recognizes it (p_repeats), which services do for 24 hours. A push service
-- replaces a push by the repeated one, whose topic is the same.
create function app.is_takeable(p_mail app.mail_queue, p_quiet boolean, p_repeats boolean) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return p_mail.sent_at is null and p_mail.dead_at is null and p_mail.send_after <= app.now()
    and coalesce(p_mail.leased_until <= app.now(), true)
    and (p_mail.handed_at is null or ((p_repeats or p_mail.push is not null) and p_mail.handed_at > app.now() - interval '20 hours'))
    and not (p_quiet and app.waits_for_morning(p_mail.class, p_mail.misses_at));
end $$;

-- Makes letters of an address that are due wait.
create function app.delay_letters(p_key text, p_until timestamptz) returns void
language plpgsql volatile set search_path = '' as $$
begin
  update app.mail_queue m set send_after = p_until
  where m.address_key = p_key and m.class <> 'asked' and m.taken_at is null and m.send_after <= app.now();
end $$;

-- Until when the limits make the next letter wait; null: it may leave now. p_lasts: it has a deadline.
create function app.letter_wait(p_key text, p_asked boolean, p_deadline boolean) returns timestamptz
language plpgsql stable set search_path = '' as $$
begin
  return (select case
    when count(*) >= case when p_asked then 8 when p_deadline then 10 else 6 end then min(m.taken_at) + interval '24 hours'
    when not p_asked and count(*) filter (where m.taken_at > app.now() - interval '1 hour') >= 3
      then min(m.taken_at) filter (where m.taken_at > app.now() - interval '1 hour') + interval '1 hour' end
  from app.mail_queue m
  where m.address_key = p_key and (m.class = 'asked') = p_asked and m.taken_at > app.now() - interval '24 hours');
end $$;

-- One letter of all the due ones of an address: those with a deadline first, equal ones once, ten in full. The first row
-- keeps the text, and the others go.
create function app.gather_letters(p_key text) returns app.mail_queue
language plpgsql volatile set search_path = '' as $$
declare
  v_mail app.mail_queue;
  v_due bigint[] := array(select m.id from app.mail_queue m where m.address_key = p_key and m.class <> 'asked'
    and m.taken_at is null and m.send_after <= app.now() order by m.class, m.id for update);
  v_subjects text[];
  v_body text;
begin
  select array_agg(l.subject order by l.place),
    string_agg(format(E'— %s\n\n%s', l.subject, replace(l.body, app.mail_signature(), '')), E'\n\n' order by l.place)
      filter (where l.place <= 10) into v_subjects, v_body
  from (select n.*, row_number() over (order by n.class, n.id) as place
    from (select distinct on (m.submission_id, m.subject, m.body) m.* from app.mail_queue m where m.id = any (v_due)
      order by m.submission_id, m.subject, m.body, m.id desc) n) l;
  delete from app.mail_queue m where m.id = any (v_due[2:]);
  if cardinality(v_subjects) > 1 then
    update app.mail_queue m set submission_id = null, event_id = null,
      subject = format('%s avisos sobre lo que se envió con este correo', cardinality(v_subjects)),
      body = concat_ws(E'\n\n', format('Este correo reúne %s avisos.', cardinality(v_subjects)), v_body,
        case when cardinality(v_subjects) > 10 then format('Y %s más. Todos están en la aplicación, en la página de cada folio.',
          cardinality(v_subjects) - 10) end) || app.mail_signature()
    where m.id = v_due[1];
  end if;
  select * into v_mail from app.mail_queue m where m.id = v_due[1];
  return v_mail;
end $$;

-- The letter that may leave to an address that nobody confirmed, or none. The first one asks for it.
create function app.letter_to_unconfirmed(p_address app.mail_addresses, p_mail app.mail_queue) returns app.mail_queue
language plpgsql volatile set search_path = '' as $$
declare
  v_mail app.mail_queue;
begin
  delete from app.mail_queue m where m.address_key = p_mail.address_key and m.taken_at is null and m.send_after <= app.now()
    and (m.class = 'notice' or (m.class = 'deadline' and p_address.deadlines_sent >= 3))
    and (m.id <> p_mail.id or p_address.asked_at is not null);
  if p_address.asked_at is null then
    update app.mail_queue m set asks = true where m.id = p_mail.id returning * into v_mail;
    update app.mail_addresses a set asked_at = app.now() where a.address_key = p_mail.address_key;
    return v_mail;
  end if;
  v_mail := app.gather_letters(p_mail.address_key);
  if v_mail.id is not null then
    update app.mail_addresses a set deadlines_sent = a.deadlines_sent + 1 where a.address_key = p_mail.address_key;
  end if;
  return v_mail;
end $$;

-- The letter that the limits of its address let leave now, or none.
create function app.admitted_letter(p_mail app.mail_queue) returns app.mail_queue
language plpgsql volatile set search_path = '' as $$
declare
  v_address app.mail_addresses;
  v_none app.mail_queue;
  v_wait timestamptz;
begin
  insert into app.mail_addresses (address_key) values (p_mail.address_key) on conflict do nothing;
  select * into v_address from app.mail_addresses a where a.address_key = p_mail.address_key for update skip locked;
  if not found then return v_none; end if;
  update app.mail_addresses a set touched_at = app.now() where a.address_key = p_mail.address_key;
  v_wait := app.letter_wait(p_mail.address_key, p_mail.class = 'asked', exists (select from app.mail_queue m
    where m.address_key = p_mail.address_key and m.class = 'deadline' and m.taken_at is null and m.send_after <= app.now()));
  if p_mail.class = 'asked' then
    update app.mail_queue m set send_after = v_wait where m.id = p_mail.id and v_wait is not null;
    return case when v_wait is null then p_mail end;
  elsif v_address.stopped_at is not null then
    delete from app.mail_queue m where m.address_key = p_mail.address_key and m.class <> 'asked' and m.taken_at is null;
    return v_none;
  elsif v_address.confirmed_at is null then
    return app.letter_to_unconfirmed(v_address, p_mail);
  elsif v_wait is not null then
    perform app.delay_letters(p_mail.address_key, v_wait);
    return v_none;
  end if;
  return app.gather_letters(p_mail.address_key);
end $$;

-- A due letter as its sender takes it, claimed for two minutes; null when it may not leave. `token`: for the links to the
-- page of its address; null in a letter that somebody asked for. `own`: it tells of something that was sent here with its address.
create function app.take_letter(p_id bigint, p_quiet boolean, p_repeats boolean) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  v_mail app.mail_queue;
begin
  select * into v_mail from app.mail_queue m where m.id = p_id and app.is_takeable(m, p_quiet, p_repeats)
    for update skip locked;
  if exists (select from app.suppressed_addresses x where x.address_key = v_mail.address_key) then
    delete from app.mail_queue m where m.id = v_mail.id;
    return null;
  end if;
  if v_mail.id is not null and v_mail.taken_at is null then
    if v_mail.push is null then v_mail := app.admitted_letter(v_mail); else v_mail := app.admitted_push(v_mail); end if;
  end if;
  if v_mail.id is null then return null; end if;
  update app.mail_queue m set lease = gen_random_uuid(), leased_until = app.now() + interval '2 minutes',
    attempts = m.attempts + 1, taken_at = coalesce(m.taken_at, app.now()) where m.id = v_mail.id
  returning m.* into v_mail;
  return jsonb_build_object('id', v_mail.id, 'name', v_mail.name, 'lease', v_mail.lease, 'to', v_mail.recipient,
    'subject', v_mail.subject, 'body', v_mail.body, 'asks', v_mail.asks, 'own', v_mail.submission_id is not null, 'locale', v_mail.locale, 'push', v_mail.push,
    'token', case when v_mail.class <> 'asked' then app.mail_token(v_mail.address_key) end,
    'from', (select jsonb_build_object('name', i.short_name, 'address', i.mail_from) from app.institution i));
end $$;

-- Due letters, claimed for two minutes: those of a sender that dies before it begins become due again. `from` is null until
-- the institution has said which address its letters come from. `p_quiet`: they go to mailboxes that ring at night.
-- `p_repeats`: the mail service recognizes a letter that it was given before, so one whose fate is unknown may be given again.
create function public.take_mail(p_limit int, p_quiet boolean default false, p_repeats boolean default false) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_id bigint;
  v_letter jsonb;
  v_taken jsonb := '[]';
begin
  for v_id in select d.id from (select m.id, m.send_after from app.mail_queue m
      where m.sent_at is null and m.dead_at is null and m.send_after <= app.now()
        and app.is_takeable(m, p_quiet, p_repeats)
      order by m.send_after, m.id limit 1000) d order by d.send_after, d.id loop
    exit when jsonb_array_length(v_taken) >= least(greatest(p_limit, 0), 100);
    v_letter := app.take_letter(v_id, p_quiet, p_repeats);
    if v_letter is not null then v_taken := v_taken || v_letter; end if;
  end loop;
  return v_taken;
end $$;
grant execute on function public.take_mail(int, boolean, boolean) to service_role;
