-- What the owner of an address decides about letters, with the token of a link in one of them.

-- Tells the phones of everybody who wrote from this address that its state changed, up to 500 submissions.
create function app.log_address(p_key text) returns void
language sql volatile set search_path = '' as $$
  select app.log_change('mine:' || c.submission_id, 'submission', c.submission_id::text)
  from (select c.submission_id from app.contacts c where c.email_key = p_key order by c.submission_id limit 500) c
$$;

-- Remembers that somebody reads this mailbox. Letters stay unwanted where they were.
create function app.confirm_address(p_key text) returns void
language plpgsql volatile set search_path = '' as $$
begin
  insert into app.mail_addresses as a (address_key, confirmed_at) values (p_key, app.now())
  on conflict (address_key) do update set confirmed_at = app.now(), touched_at = app.now() where a.confirmed_at is null;
  if found then perform app.log_address(p_key); end if;
end $$;

create function app.stop_letters(p_key text) returns void
language plpgsql volatile set search_path = '' as $$
begin
  insert into app.mail_addresses as a (address_key, stopped_at) values (p_key, app.now())
  on conflict (address_key) do update set stopped_at = app.now(), touched_at = app.now() where a.stopped_at is null;
  if found then perform app.log_address(p_key); end if;
  delete from app.mail_queue m where m.address_key = p_key and m.class <> 'asked' and m.sent_at is null;
end $$;

create function app.resume_letters(p_key text) returns void
language plpgsql volatile set search_path = '' as $$
begin
  update app.mail_addresses a set stopped_at = null where a.address_key = p_key and a.stopped_at is not null;
  if found then perform app.log_address(p_key); end if;
  perform app.confirm_address(p_key);
end $$;

-- `unconfirmed`, `confirmed` or `stopped`.
create function app.address_state(p_key text) returns text
language sql stable set search_path = '' as $$
  select coalesce((select case when a.stopped_at is not null then 'stopped' when a.confirmed_at is not null then 'confirmed' end
    from app.mail_addresses a where a.address_key = p_key), 'unconfirmed')
$$;

-- The state of the address that a link names. Opening a link changes nothing: scanners open all of them.
create function public.mail_standing(p_token text) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  if app.key_of_token(p_token) is null then perform app.refuse('mail_link_unknown', null, 404); end if;
  return jsonb_build_object('state', app.address_state(app.key_of_token(p_token)));
end $$;
grant execute on function public.mail_standing(text) to anon, authenticated;

-- `confirm`: its owner wants letters. `stop`: no letters but those that are asked for by name. Repeating changes nothing.
create function public.choose_mail(p_token text, p_choice text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_key text := app.key_of_token(p_token);
begin
  if v_key is null then perform app.refuse('mail_link_unknown', null, 404); end if;
  if p_choice = 'confirm' then
    perform app.resume_letters(v_key);
  elsif p_choice = 'stop' then
    perform app.stop_letters(v_key);
  else
    perform app.refuse('malformed_op', 'p_choice', 400);
  end if;
  return jsonb_build_object('state', app.address_state(v_key));
end $$;
grant execute on function public.choose_mail(text, text) to anon, authenticated, service_role;

-- Forgets addresses that got no letter for a year, up to 5,000 a call. The wish for no letters is kept.
create function app.sweep_addresses() returns int
language sql volatile set search_path = '' as $$
  with gone as (
    delete from app.mail_addresses a where a.address_key in (select o.address_key from app.mail_addresses o
      where o.touched_at < app.now() - interval '365 days' and o.stopped_at is null order by o.touched_at limit 5000)
    returning 1
  ) select count(*)::int from gone
$$;

insert into app.due_jobs (position, name, handler) values (71, 'addresses_swept', 'sweep_addresses');
