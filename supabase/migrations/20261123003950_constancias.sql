-- Constancias: the rule of each campaign, who qualifies from the check-ins, and issuing, replacing and revoking them.

-- A campaign without a row issues none.
create table app.constancia_rules (
  convocatoria_id uuid primary key references app.convocatorias on delete cascade,
  rule text not null check (rule in ('day', 'all', 'hours')),   -- one day; every day of the group; so many hours
  hours int check (hours between 1 and 500),
  check ((rule = 'hours') = (hours is not null))
);
alter table app.constancia_rules enable row level security;
comment on table app.constancia_rules is
  'Personal data: none. Readers: everybody. Kept: with its campaign. Deleted by: public.delete_convocatoria.';
create trigger log_change after insert or update or delete on app.constancia_rules
  for each row execute function app.log_public('convocatoria', 'convocatoria_id', 'part');

-- One row for each constancia that was ever issued. It stays when the person's data is erased: a revoked one must remain
-- in the list of revoked ones. `number` is its place in that list, `serial` the folio on the paper.
create table app.constancia_serials (
  number int generated always as identity primary key,
  serial text not null unique check (serial ~ '^[0-9A-HJKMNP-TV-Z]{10}$'),
  issued_on date not null,
  ended_on date,
  ended_as text check (ended_as in ('revoked', 'superseded')),
  check ((ended_on is null) = (ended_as is null))
);
alter table app.constancia_serials enable row level security;
comment on table app.constancia_serials is
  'Personal data: none. Readers: everybody, those that ended. Kept: for the life of the project. Deleted by: nothing.';

-- What a constancia says, as it was signed. A replaced one stays beside its successor.
create table app.constancias (
  number int primary key references app.constancia_serials,
  submission_id uuid references app.registrations on delete cascade,   -- null: of a recognition
  recognition_id uuid unique references app.recognitions on delete cascade,
  facts text not null,              -- app.constancia_facts or app.recognition_facts when it was issued
  key_id text references app.signing_keys,
  signature text check (signature ~ '^[0-9a-f]{128}$'),
  check ((key_id is null) = (signature is null)),
  check (num_nonnulls(submission_id, recognition_id) = 1)
);
create index on app.constancias (submission_id);
create index on app.constancias (number) where signature is null;
alter table app.constancias enable row level security;
comment on table app.constancias is
  'Personal data: full name and the days that a person attended, or what they are recognised for. Readers: its author, staff of its campaign, whoever the'
  ' author shows it to. Kept: with the attendance, or with the'
  ' recognition. Deleted by: app.erase_registration.';

create function app.constancia_rule_of(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return coalesce((select jsonb_build_object('constancia', jsonb_build_object('rule', r.rule, 'hours', r.hours))
    from app.constancia_rules r where r.convocatoria_id = p_convocatoria), '{}');
end $$;

-- The section of the studio ----------------------------------------------------------------------------------

insert into app.kind_sections (kind, section, position, check_function, read_function, write_function)
values ('jornadas', 'constancia', 45, 'check_constancia', 'read_constancia', 'write_constancia');

create function app.check_constancia(p_convocatoria uuid, p_data jsonb) returns app.problem[]
language plpgsql stable set search_path = '' as $$
begin
  if coalesce(p_data ->> 'rule', '') not in ('', 'day', 'all', 'hours') then
    return app.problem('constancia-rule', 'malformed_op', 'wrong');
  end if;
  return case when p_data ->> 'rule' = 'hours' then app.number_problems(p_data, 'hours', 1, 500, true, 'constancia-hours')
    else '{}' end;
end $$;

create function app.read_constancia(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return coalesce(app.constancia_rule_of(p_convocatoria) -> 'constancia', '{"rule": "", "hours": null}');
end $$;

create function app.write_constancia(p_convocatoria uuid, p_data jsonb) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_rule text := nullif(p_data ->> 'rule', '');
  v_hours int := case when v_rule = 'hours' then app.int_of(p_data, 'hours') end;
begin
  if v_rule is null or (v_rule = 'hours' and v_hours is null) then
    delete from app.constancia_rules r where r.convocatoria_id = p_convocatoria;
    return;
  end if;
  insert into app.constancia_rules (convocatoria_id, rule, hours) values (p_convocatoria, v_rule, v_hours)
  on conflict (convocatoria_id) do update set rule = excluded.rule, hours = excluded.hours;
end $$;

-- Who qualifies ----------------------------------------------------------------------------------------------

-- The days that a person attended and that are over.
create function app.attended_days(p_submission uuid) returns app.jornadas[]
language plpgsql stable set search_path = '' as $$
begin
  return array(select j from app.seats s join app.jornadas j on j.id = s.jornada_id
    where s.submission_id = p_submission and s.status = 'attended'
      and coalesce(j.ends_at, app.end_of_day(j.on_day)) <= app.now()
    order by j.on_day, j.starts_at, j.position);
end $$;

-- Whether somebody came on any day of a series, as the door noted it.
create function app.came_to_a_day(p_submission uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return to_jsonb(exists (select from app.seats s where s.submission_id = p_submission and s.status = 'attended'));
end $$;

-- How many minutes of a day count for who attended it: those of its schedule; nothing is scheduled without an end. A
-- departure that was noted ends them, and then an arrival begins them. Either counts as on time within 15 minutes: a queue
-- at the door takes as long. A departure without an arrival begins with the schedule.
create function app.minutes_at(p_seat app.seats, p_day app.jornadas) returns numeric
language plpgsql immutable set search_path = '' as $$
declare
  v_from timestamptz := p_day.starts_at;
  v_to timestamptz := p_day.ends_at;
begin
  if p_seat.left_at is not null then
    if v_from is null or p_seat.checked_in_at > v_from + interval '15 minutes' and p_seat.checked_in_at < p_seat.left_at then
      v_from := p_seat.checked_in_at;
    end if;
    if v_to is null or p_seat.left_at < v_to - interval '15 minutes' then v_to := p_seat.left_at; end if;
  end if;
  return greatest(coalesce(extract(epoch from v_to - v_from) / 60, 0), 0);
end $$;

create function app.minutes_of(p_submission uuid, p_days app.jornadas[]) returns int
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(sum(app.minutes_at(s, d)), 0)::int
    from unnest(p_days) d join app.seats s on s.jornada_id = d.id and s.submission_id = p_submission);
end $$;

-- Whether the attendance fulfils the rule of its campaign. «all»: every day of the group but those called off.
create function app.earns_constancia(p_submission app.submissions) returns boolean
language plpgsql stable set search_path = '' as $$
declare
  v_rule app.constancia_rules;
  v_days app.jornadas[] := app.attended_days(p_submission.id);
begin
  select * into v_rule from app.constancia_rules r where r.convocatoria_id = p_submission.convocatoria_id;
  if v_rule.rule is null or p_submission.state = 'withdrawn' or v_days = '{}'
    or not exists (select from app.contacts c where c.submission_id = p_submission.id and c.display_name is not null) then
    return false;
  end if;
  return case v_rule.rule
    when 'day' then true
    when 'hours' then app.minutes_of(p_submission.id, v_days) >= v_rule.hours * 60
    else not exists (select from app.jornadas j where j.group_id = v_days[1].group_id and j.cancelled_at is null
      and j.id <> all (array(select d.id from unnest(v_days) d))) end;
end $$;

create function app.one_line(p_text text, p_max int) returns text
language plpgsql immutable set search_path = '' as $$
begin
  return left(app.trimmed(regexp_replace(coalesce(p_text, ''), '[[:space:][:cntrl:]]+', ' ', 'g')), p_max);
end $$;

-- What a constancia says, a line each: name, days, minutes, event, issuer, label of a demonstration. Its bytes fit a QR
-- code that a telephone reads from paper, so more than 31 days are their first and last.
create function app.constancia_facts(p_submission app.submissions) returns text
language plpgsql stable set search_path = '' as $$
declare
  v_days app.jornadas[] := app.attended_days(p_submission.id);
  v_dates date[] := array(select distinct d.on_day from unnest(v_days) d order by d.on_day);
begin
  if cardinality(v_dates) > 31 then v_dates := array[v_dates[1], v_dates[cardinality(v_dates)]]; end if;
  return (select concat_ws(E'\n', app.one_line(c.display_name, 80), array_to_string(v_dates, ' '), app.minutes_of(p_submission.id, v_days),
      app.one_line(k.title, 120), app.one_line(i.name, 120), app.one_line(i.demo_label, 80))
    from app.contacts c cross join app.institution i join app.convocatorias k on k.id = p_submission.convocatoria_id
    where c.submission_id = p_submission.id);
end $$;

-- The last constancia of a person; null without any.
create function app.last_constancia(p_submission uuid) returns app.constancia_serials
language plpgsql stable set search_path = '' as $$
declare
  v_last app.constancia_serials;
begin
  select s.* into v_last from app.constancias c join app.constancia_serials s on s.number = c.number
  where c.submission_id = p_submission order by c.number desc limit 1;
  return v_last;
end $$;

-- Whether one is to be issued without anybody's judgement: the person has none, or their name or days changed since. One
-- that staff revoked stays so until staff issue another.
create function app.constancia_due(p_submission app.submissions) returns boolean
language plpgsql stable set search_path = '' as $$
declare
  v_last app.constancia_serials := app.last_constancia(p_submission.id);
begin
  if v_last.ended_as = 'revoked' or not app.earns_constancia(p_submission) then return false; end if;
  return v_last.number is null or exists (select from app.constancias c where c.number = v_last.number
    and (string_to_array(c.facts, E'\n'))[1:3] <> (string_to_array(app.constancia_facts(p_submission), E'\n'))[1:3]);
end $$;

-- Registrations of a campaign to which one is due, up to p_limit.
create function app.due_constancias(p_convocatoria uuid, p_limit int) returns setof app.submissions
language sql stable set search_path = '' as $$
  select s.* from app.submissions s
  where s.convocatoria_id = p_convocatoria
    and exists (select from app.seats t where t.submission_id = s.id and t.status = 'attended')
    and app.constancia_due(s)
  order by s.received_at, s.id limit p_limit
$$;

-- Acts -------------------------------------------------------------------------------------------------------

-- Ten characters of 32 (Crockford): 50 bits of chance, so that nobody guesses one.
create function app.new_serial() returns text
language plpgsql volatile set search_path = '' as $$
declare
  v_bytes bytea := extensions.gen_random_bytes(10);
begin
  return (select string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', get_byte(v_bytes, p) % 32 + 1, 1), '' order by p)
    from generate_series(0, 9) p);
end $$;

-- Notes an event of a constancia for its person to read on the page of the folio, and as a letter.
create function app.tell_constancia(p_submission app.submissions, p_source text, p_event text, p_subject text, p_text text)
returns void
language plpgsql volatile set search_path = '' as $$
begin
  perform app.touch_submission(p_submission.id);
  perform app.record_event(p_submission.id, p_source, p_event, p_submission.state, p_submission.state, p_message => p_text,
    p_actor => case when p_source = 'staff' then auth.uid() end);
  perform app.mail_about_seats(p_submission.id, p_subject, p_text, 'notice');
end $$;

-- Issues a constancia in place of the former one, which ends as superseded. Its signature follows within a minute. The caller
-- holds the lock of the submission and has asked whether it is earned.
create function app.make_constancia(p_submission app.submissions, p_source text, p_reason text) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_last app.constancia_serials := app.last_constancia(p_submission.id);
  v_today date := app.local_day(app.now());
  v_new app.constancia_serials;
begin
  update app.constancia_serials s set ended_on = v_today, ended_as = 'superseded'
  where s.number = v_last.number and s.ended_on is null;
  insert into app.constancia_serials (serial, issued_on) values (app.new_serial(), v_today) returning * into v_new;
  insert into app.constancias (number, submission_id, facts)
  values (v_new.number, p_submission.id, app.constancia_facts(p_submission));
  perform app.tell_constancia(p_submission, p_source,
    case when v_last.number is null then 'constancia_issued' else 'constancia_reissued' end, 'Su constancia está lista',
    format('Emitimos su constancia con folio %s.', v_new.serial)
    || case when v_last.number is not null then format(' Sustituye a la de folio %s, que ya no vale.', v_last.serial) else '' end
    || coalesce(E'\n\nMotivo: ' || p_reason, ''));
end $$;

-- The person asks for theirs. Changes nothing where they have it.
create function public.issue_constancia(p_id uuid, p_secret text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_submission app.submissions;
  v_last app.constancia_serials;
begin
  if not app.is_author(p_id, p_secret) then perform app.refuse('submission_unknown', null, 404); end if;
  v_submission := app.lock_submission(p_id, null);
  v_last := app.last_constancia(p_id);
  if v_last.ended_as = 'revoked' then
    perform app.refuse('constancia_revoked', null, 409);
  elsif app.constancia_due(v_submission) then
    perform app.make_constancia(v_submission, 'author', null);
  elsif v_last.number is null then
    perform app.refuse('constancia_not_earned', null, 409);
  end if;
  return jsonb_build_object('serial', (app.last_constancia(p_id)).serial);
end $$;
grant execute on function public.issue_constancia(uuid, text) to anon, authenticated;

-- The coordination issues those that are due, up to 100 a call. `left`: how many more, up to 1,000.
create function public.issue_constancias(p_convocatoria uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_due app.submissions;
  v_count int := 0;
begin
  if not app.has_role(app.registrars(), p_convocatoria) then perform app.refuse('not_allowed', null, 403); end if;
  perform app.lock_jornadas(array(select j.id from app.jornadas j where j.convocatoria_id = p_convocatoria));   -- all at once: no deadlock
  for v_due in select d.* from app.due_constancias(p_convocatoria, 100) d loop
    v_due := app.lock_submission(v_due.id, null);
    if app.constancia_due(v_due) then
      perform app.make_constancia(v_due, 'staff', null);
      v_count := v_count + 1;
    end if;
  end loop;
  return jsonb_build_object('issued', v_count, 'left', (select count(*) from app.due_constancias(p_convocatoria, 1000)));
end $$;
grant execute on function public.issue_constancias(uuid) to authenticated;

-- payload {reason}: issues another one, also where one stands or was revoked.
create function app.reissue_constancia(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_reason text := app.check_reason_given(app.text_of(p_op.payload, 'reason'));
  v_submission app.submissions := app.lock_for_registrar(p_op);
begin
  if not app.earns_constancia(v_submission) then perform app.refuse('constancia_not_earned', null, 409); end if;
  perform app.make_constancia(v_submission, 'staff', v_reason);
end $$;

-- The last constancia of a person is valid no more. Changes nothing where it has ended.
create function app.end_constancia(p_submission app.submissions, p_source text, p_reason text) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_last app.constancia_serials := app.last_constancia(p_submission.id);
begin
  if v_last.ended_on is not null then return; end if;
  update app.constancia_serials s set ended_on = app.local_day(app.now()), ended_as = 'revoked' where s.number = v_last.number;
  perform app.tell_constancia(p_submission, p_source, 'constancia_revoked', 'Revocamos su constancia', format(
    E'Revocamos su constancia con folio %s. Quien la verifique leerá que ya no vale.\n\nMotivo: %s', v_last.serial, p_reason));
end $$;

-- payload {reason}: the last constancia is valid no more, also that of a registration which was withdrawn since.
create function app.revoke_constancia(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_reason text := app.check_reason_given(app.text_of(p_op.payload, 'reason'));
  v_submission app.submissions;
begin
  if not app.has_role(app.registrars(), (select s.convocatoria_id from app.submissions s where s.id = p_op.entity_id)) then
    perform app.refuse('not_allowed', null, 403);
  end if;
  if p_op.expected_version is null then perform app.refuse('malformed_op', 'expected_version'); end if;
  v_submission := app.lock_submission(p_op.entity_id, p_op.expected_version);
  if (app.last_constancia(v_submission.id)).number is null then perform app.refuse('constancia_unknown', null, 404); end if;
  perform app.end_constancia(v_submission, 'staff', v_reason);
end $$;

-- An arrival that was undone takes its constancia back: what it says is untrue. Whoever still earns one gets another, with
-- the days that are left. The change of the seat holds the locks.
create function app.follow_undone_arrival() returns trigger
language plpgsql volatile set search_path = '' as $$
declare
  v_reason constant text := 'Se corrigió el registro de su asistencia.';
  v_last app.constancia_serials := app.last_constancia(new.submission_id);
  v_submission app.submissions;
begin
  if v_last.number is null or v_last.ended_on is not null then return null; end if;
  select * into v_submission from app.submissions s where s.id = new.submission_id;
  if not exists (select from app.constancias c where c.number = v_last.number
    and split_part(c.facts, E'\n', 2) is distinct from split_part(app.constancia_facts(v_submission), E'\n', 2)) then return null; end if;
  if app.earns_constancia(v_submission) then
    perform app.make_constancia(v_submission, 'system', v_reason);
  else
    perform app.end_constancia(v_submission, 'system', v_reason);
  end if;
  return null;
end $$;
create trigger follow_undone_arrival after update on app.seats for each row
  when (old.status = 'attended' and new.status <> 'attended') execute function app.follow_undone_arrival();

insert into app.op_kinds (kind, actor, handler, roles) values
  ('constancia.reissue', 'staff', 'reissue_constancia', app.registrars()),
  ('constancia.revoke', 'staff', 'revoke_constancia', app.registrars());

-- The campaigns with a rule that the caller reads: {convocatoria_id, title, rule, hours, due, valid, ended}. `due`: up to
-- 1,000.
create function public.constancia_figures() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  if not app.has_role_somewhere(app.readers()) then perform app.refuse('not_allowed', null, 403); end if;
  return jsonb_build_object('items', (select coalesce(jsonb_agg(jsonb_build_object('convocatoria_id', c.id, 'title', c.title,
      'rule', r.rule, 'hours', r.hours, 'due', (select count(*) from app.due_constancias(c.id, 1000)),
      'valid', f.valid, 'ended', f.ended) order by c.opens_at desc, c.id), '[]')
    from app.constancia_rules r join app.convocatorias c on c.id = r.convocatoria_id and c.published,
      lateral (select count(*) filter (where s.ended_on is null) as valid, count(s.ended_on) as ended
        from app.submissions u join app.constancias n on n.submission_id = u.id
        join app.constancia_serials s on s.number = n.number where u.convocatoria_id = c.id) f
    where c.id = any (app.readable_convocatorias(null, 'jornadas'))));
end $$;
grant execute on function public.constancia_figures() to authenticated;
