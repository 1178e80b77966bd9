-- Addresses to which letters do not arrive. None is sent to them until the entry ends or staff, who spoke with its owner,
-- take it back.

create table app.suppressed_addresses (
  address_key text primary key,
  reason text not null check (reason in ('bounced', 'complained')),
  at timestamptz not null default app.now()
);
create index on app.suppressed_addresses (at);
alter table app.suppressed_addresses enable row level security;
comment on table app.suppressed_addresses is
  'Personal data: keyed hash of an address to which letters do not arrive, and since when. Readers: the server; staff, beside'
  ' what was sent with that address. Kept: 180 days. Deleted by: app.sweep_suppressed.';

-- Notes that a letter came back (`bounced`) or that its reader complained (`complained`), once a letter. Nothing else is sent
-- to the address; a complaint also counts as the wish for no letters.
create function app.record_return(p_mail app.mail_queue, p_reason text) returns void
language plpgsql volatile set search_path = '' as $$
begin
  if p_mail.push is not null then
    perform app.end_push(p_mail.address_key);
    return;
  end if;
  if p_mail.returned_at is not null then return; end if;
  update app.mail_queue m set returned_at = app.now(), sent_at = case when m.dead_at is null then coalesce(m.sent_at, app.now()) end
  where m.id = p_mail.id;
  perform app.blank_letter(p_mail.id);
  insert into app.suppressed_addresses as x (address_key, reason) values (p_mail.address_key, p_reason)
  on conflict (address_key) do update set reason = excluded.reason, at = app.now();
  delete from app.mail_queue m where m.address_key = p_mail.address_key and m.sent_at is null and m.dead_at is null;
  if p_reason = 'complained' then perform app.stop_letters(p_mail.address_key); end if;
  perform app.log_address(p_mail.address_key);
end $$;

-- What the mail service tells of a letter later: `delivered`, `bounced` or `complained`. Telling it again changes nothing, so
-- a repeated or replayed call does no harm. False for a letter that is unknown, or was swept.
create function public.record_mail_event(p_name uuid, p_event text) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_mail app.mail_queue;
begin
  select * into v_mail from app.mail_queue m where m.name = p_name for update;
  if not found then return false; end if;
  if p_event = 'delivered' then
    update app.mail_queue m set arrived_at = coalesce(m.arrived_at, app.now()) where m.id = v_mail.id;
    perform public.settle_mail(v_mail.id);
  elsif p_event in ('bounced', 'complained') then
    perform app.record_return(v_mail, p_event);
  else
    perform app.refuse('malformed_op', 'p_event', 400);
  end if;
  return true;
end $$;
grant execute on function public.record_mail_event(uuid, text) to service_role;

-- Why letters to the address of a submission do not arrive, for staff: {reason, at}; null when nothing is known against it.
create function app.mail_trouble(p_submission uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select jsonb_build_object('reason', x.reason, 'at', x.at) from app.contacts c
    join app.suppressed_addresses x on x.address_key = c.email_key where c.submission_id = p_submission);
end $$;

-- Lets letters go again to the address of a submission, after staff spoke with its owner. Answers what still speaks against
-- it: null, or the complaint, which only its owner takes back.
create function public.write_again(p_submission uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not app.has_role(app.deciders(), (select s.convocatoria_id from app.submissions s where s.id = p_submission)) then
    perform app.refuse('not_allowed', null, 403);
  end if;
  delete from app.suppressed_addresses x using app.contacts c
  where c.submission_id = p_submission and x.address_key = c.email_key and x.reason = 'bounced';
  if found then perform app.log_address(c.email_key) from app.contacts c where c.submission_id = p_submission; end if;
  return jsonb_build_object('mail_trouble', app.mail_trouble(p_submission));
end $$;
grant execute on function public.write_again(uuid) to authenticated;

create function app.sweep_suppressed() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_count int;
begin
  with gone as (
    delete from app.suppressed_addresses x where x.at < app.now() - interval '180 days' returning 1
  ) select count(*) into v_count from gone;
  return v_count;
end $$;

insert into app.due_jobs (position, name, handler) values (72, 'suppressed_swept', 'sweep_suppressed');
