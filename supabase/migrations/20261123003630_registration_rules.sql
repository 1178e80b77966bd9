-- What a campaign asks of registrations besides seats (docs/decisions/0079): how many people of a body a day takes, whether
-- the institution approves each person, and whether people with a seat are asked again shortly before. All of it is off by default.

-- A campaign without a row asks nothing.
create table app.registration_rules (
  convocatoria_id uuid primary key references app.convocatorias on delete cascade,
  body_limit int check (body_limit between 1 and 1000),       -- people of one body on one day
  approval boolean not null default false,
  ask_days int check (ask_days between 1 and 30),             -- «¿Sigue viniendo?» so many days before, where somebody waits
  silence_frees boolean not null default false,               -- who does not answer in time gives the seat up
  tell_liaison boolean not null default false,                -- the liaison of a body learns who registered in its name
  check (ask_days is not null or not silence_frees)
);
alter table app.registration_rules enable row level security;
comment on table app.registration_rules is
  'Personal data: none. Readers: everybody. Kept: with its campaign. Deleted by: public.delete_convocatoria.';
create trigger log_change after insert or update or delete on app.registration_rules
  for each row execute function app.log_public('convocatoria', 'convocatoria_id', 'part');

create function app.registration_rules_of(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return coalesce((select jsonb_build_object('rules', jsonb_build_object('body_limit', r.body_limit, 'approval', r.approval,
      'ask_days', r.ask_days, 'silence_frees', r.silence_frees, 'tell_liaison', r.tell_liaison))
    from app.registration_rules r where r.convocatoria_id = p_convocatoria), '{}');
end $$;

-- The section of the studio ----------------------------------------------------------------------------------

insert into app.kind_sections (kind, section, position, check_function, read_function, write_function)
values ('jornadas', 'inscripcion', 43, 'check_rules', 'read_rules', 'write_rules');

create function app.check_rules(p_convocatoria uuid, p_data jsonb) returns app.problem[]
language plpgsql stable set search_path = '' as $$
begin
  return app.number_problems(p_data, 'body_limit', 1, 1000, false, 'rules-limit')
    || app.number_problems(p_data, 'ask_days', 1, 30, false, 'rules-ask')
    || case when exists (select from unnest(array['approval', 'silence_frees', 'tell_liaison']) k (key)
        where coalesce(jsonb_typeof(p_data -> k.key), 'null') not in ('null', 'boolean'))
      then app.problem('rules-approval', 'malformed_op', 'wrong') else '{}' end;
end $$;

create function app.read_rules(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return coalesce(app.registration_rules_of(p_convocatoria) -> 'rules',
    '{"body_limit": null, "approval": false, "ask_days": null, "silence_frees": false, "tell_liaison": false}');
end $$;

create function app.write_rules(p_convocatoria uuid, p_data jsonb) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_limit int := app.int_of(p_data, 'body_limit');
  v_approval boolean := coalesce(p_data -> 'approval' = 'true', false);
  v_days int := app.int_of(p_data, 'ask_days');
  v_told boolean := coalesce(p_data -> 'tell_liaison' = 'true', false);
begin
  if v_limit is null and not v_approval and v_days is null and not v_told then
    delete from app.registration_rules r where r.convocatoria_id = p_convocatoria;
    return;
  end if;
  insert into app.registration_rules (convocatoria_id, body_limit, approval, ask_days, silence_frees,
    tell_liaison)
  values (p_convocatoria, v_limit, v_approval, v_days, v_days is not null and coalesce(p_data -> 'silence_frees' = 'true', false),
    v_told)
  on conflict (convocatoria_id) do update set body_limit = excluded.body_limit, approval = excluded.approval,
    ask_days = excluded.ask_days, silence_frees = excluded.silence_frees, tell_liaison = excluded.tell_liaison;
end $$;

-- Whether the body has as many people on this day as the campaign takes. Those that wait for staff do not count.
create function app.is_over_limit(p_submission uuid, p_jornada uuid) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return (select count(o.submission_id) >= l.body_limit
    from app.registrations r join app.submissions u on u.id = r.submission_id
    join app.registration_rules l on l.convocatoria_id = u.convocatoria_id and l.body_limit is not null
    left join (app.registrations o join app.seats s on s.submission_id = o.submission_id and s.jornada_id = p_jornada
      and s.status in ('waiting', 'offered', 'pending', 'confirmed', 'attended'))
      on o.body_id = r.body_id and o.submission_id <> r.submission_id
    where r.submission_id = p_submission group by l.body_limit);
end $$;

-- A body that gives a seat back has room for its first person over the limit.
create function app.admit_within_limit(p_seat app.seats) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_next uuid;
begin
  select s.submission_id into v_next from app.registrations own
  join app.registrations r on r.body_id = own.body_id
  join app.seats s on s.submission_id = r.submission_id and s.jornada_id = p_seat.jornada_id and s.status = 'set_apart'
    and s.over_limit and s.admitted_at is null
  where own.submission_id = p_seat.submission_id order by s.position limit 1;
  if v_next is null or coalesce(app.is_over_limit(v_next, p_seat.jornada_id), false) then return; end if;
  update app.seats s set admitted_at = app.now(), over_limit = false
  where s.submission_id = v_next and s.jornada_id = p_seat.jornada_id;
end $$;

-- Whether a seat of this registration is held until the institution approves its person.
create function app.needs_approval(p_submission uuid) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return exists (select from app.registrations r join app.submissions u on u.id = r.submission_id
    join app.registration_rules l on l.convocatoria_id = u.convocatoria_id and l.approval
    where r.submission_id = p_submission and r.approved_at is null);
end $$;
