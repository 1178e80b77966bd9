-- What became of a letter. A sender claims it (take_mail), says that it begins (begin_mail), gives it to the mail service and
-- settles it. Between the last two nobody can know whether it left: whoever dies there leaves it in doubt, and it is not
-- given again unless the service recognizes it by its name.

-- Says that a claimed letter is given to the mail service now. False when the claim is over, or the letter is gone: then it
-- must not be given.
create function public.begin_mail(p_id bigint, p_lease uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  update app.mail_queue m set in_doubt = m.handed_at is not null, handed_at = coalesce(m.handed_at, app.now()),
    leased_until = app.now() + interval '2 minutes'
  where m.id = p_id and m.lease = p_lease and m.leased_until > app.now() and m.sent_at is null and m.dead_at is null;
  return found;
end $$;
grant execute on function public.begin_mail(bigint, uuid) to service_role;

-- Between one and two times 2^attempts half minutes, at most 256 minutes: senders that failed together do not return together.
create function app.retry_after(p_attempts int) returns interval
language plpgsql volatile set search_path = '' as $$
begin
  return interval '30 seconds' * power(2, least(p_attempts, 8)) * (1 + random());
end $$;

-- Forgets text and address of a letter that needs them no more. The keyed hash stays until the letter is swept.
create function app.blank_letter(p_id bigint) returns void
language plpgsql volatile set search_path = '' as $$
begin
  update app.mail_queue m set recipient = '', subject = '', body = '', push = m.push - array['endpoint', 'p256dh', 'auth'] where m.id = p_id;
end $$;

-- Records the outcome of a letter. p_error: null after success, otherwise a code without any of the letter. p_outcome says
-- what an error means: `failed`, it did not leave and is tried again, ten times in all; `rejected`, its mailbox does not
-- exist; `unknown`, it may have left.
create function public.settle_mail(p_id bigint, p_error text default null, p_outcome text default 'failed') returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  if p_error is null then
    update app.mail_queue m set sent_at = app.now(), last_error = null where m.id = p_id and m.sent_at is null;
    if found then perform app.blank_letter(p_id); end if;
  else
    update app.mail_queue m set last_error = left(p_error, 200), leased_until = app.now() + app.retry_after(m.attempts),
      handed_at = case when p_outcome = 'unknown' or m.in_doubt then m.handed_at end,
      dead_at = case when p_outcome = 'rejected' or (m.attempts >= 10 and p_outcome = 'failed') then app.now() end
    where m.id = p_id and m.sent_at is null and m.dead_at is null;
    if found and p_outcome = 'rejected' then perform app.record_return(m, 'bounced') from app.mail_queue m where m.id = p_id; end if;
  end if;
end $$;
grant execute on function public.settle_mail(bigint, text, text) to service_role;
