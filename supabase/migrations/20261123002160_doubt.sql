-- Letters in doubt: given to the mail service, which never said what became of them (decision 0074). Staff who learned it by
-- telephone, or who would rather send twice than not at all, settle them.

-- What staff did about letters.
create table app.letter_acts (
  seq bigint generated always as identity primary key,
  at timestamptz not null default app.now(),
  actor_id uuid,
  kind text not null check (kind in ('arrived', 'again', 'invited', 'reminded')),
  about text not null,               -- a folio, or how many
  submission_id uuid references app.submissions on delete set null,
  convocatoria_id uuid references app.convocatorias on delete set null
);
create index on app.letter_acts (at, seq);
create index on app.letter_acts (submission_id);
create index on app.letter_acts (convocatoria_id);
alter table app.letter_acts enable row level security;
comment on table app.letter_acts is
  'Personal data: who of the staff settled or sent letters. Readers: auditors and administrators. Kept: a year. Deleted by:'
  ' app.forget_letter_acts.';

create function app.forget_letter_acts() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_count int;
begin
  delete from app.letter_acts a where a.at < app.now() - interval '365 days';
  get diagnostics v_count = row_count;
  return v_count;
end $$;

insert into app.due_jobs (position, name, handler) values (73, 'letter_acts_forgotten', 'forget_letter_acts');

-- Whether nobody knows what became of a letter, and no sender is at it.
create function app.is_in_doubt(p_mail app.mail_queue) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return p_mail.push is null and p_mail.sent_at is null and p_mail.dead_at is null and p_mail.handed_at is not null
    and p_mail.leased_until <= app.now();
end $$;

-- The 200 letters that are longest in doubt, of campaigns that the caller decides on: {id, at, subject, campaign}. A letter
-- that belongs to no submission is for whoever decides on all.
create function public.list_doubtful() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  if not app.has_role_somewhere(app.deciders()) then perform app.refuse('not_allowed', null, 403); end if;
  return jsonb_build_object('items', coalesce((select jsonb_agg(jsonb_build_object('id', d.id, 'at', d.handed_at,
      'subject', d.subject, 'campaign', d.title) order by d.handed_at, d.id)
    from (select m.id, m.handed_at, m.subject, c.title from app.mail_queue m
      left join app.submissions s on s.id = m.submission_id left join app.convocatorias c on c.id = s.convocatoria_id
      where m.sent_at is null and m.dead_at is null and app.is_in_doubt(m) and app.has_role(app.deciders(), c.id) order by m.handed_at, m.id limit 200) d), '[]'));
end $$;
grant execute on function public.list_doubtful() to authenticated;

-- Settles letters in doubt. `arrived`: staff know that they did. `again`: they leave once more under their old name, so a reader
-- may have them twice. Letters that are in doubt no more stay as they are. Answers how many were settled.
create function public.settle_doubtful(p_ids bigint[], p_outcome text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_mail app.mail_queue;
  v_campaign uuid;
  v_folio text;
  v_count int := 0;
begin
  if not app.has_role_somewhere(app.deciders()) then perform app.refuse('not_allowed', null, 403); end if;
  if coalesce(p_outcome, '') not in ('arrived', 'again') then perform app.refuse('malformed_op', 'p_outcome', 400); end if;
  for v_mail in select m.* from app.mail_queue m where m.id = any (p_ids) and app.is_in_doubt(m) order by m.id for update loop
    select s.convocatoria_id, s.folio into v_campaign, v_folio from app.submissions s where s.id = v_mail.submission_id;
    continue when not app.has_role(app.deciders(), v_campaign);
    if p_outcome = 'arrived' then
      perform public.settle_mail(v_mail.id);
    else
      update app.mail_queue m set handed_at = null, in_doubt = false, last_error = null, send_after = app.now(),
        attempts = least(m.attempts, 5) where m.id = v_mail.id;
    end if;
    insert into app.letter_acts (actor_id, kind, about, submission_id, convocatoria_id)
    values (auth.uid(), p_outcome, coalesce(v_folio, ''), v_mail.submission_id, v_campaign);
    v_count := v_count + 1;
  end loop;
  return jsonb_build_object('settled', v_count);
end $$;
grant execute on function public.settle_doubtful(bigint[], text) to authenticated;
