-- Which sessions of Supabase Auth may use the roles of their member. Supabase Auth ends a session by deleting its row;
-- a token that outlives the row opens nothing here.

-- When a member last used a session. Supabase Auth cannot tell: a phone that wakes renews its token first.
create table app.staff_sessions (
  session_id uuid primary key,   -- auth.sessions
  user_id uuid not null,
  seen_at timestamptz not null default now()
);
create index on app.staff_sessions (user_id);
alter table app.staff_sessions enable row level security;
comment on table app.staff_sessions is
  'Personal data: when a member of staff last used a session. Readers: the server. Kept: until the session ends.'
  ' Deleted by: app.end_stale_sessions.';

-- The session of the token; null for a token without one.
create function app.session_id() returns uuid
language plpgsql stable set search_path = '' as $$
begin
  return app.parse_uuid(auth.jwt() ->> 'session_id');
end $$;

-- Whether the member has a second factor that was verified once.
create function app.has_factor(p_user uuid) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return exists (select from auth.mfa_factors f where f.user_id = p_user and f.status = 'verified');
end $$;

-- Whether the session is past the institution's limits: without use, or since the sign-in. The clock is the one of
-- Supabase Auth, which wrote the times.
create function app.is_stale(p_created timestamptz, p_seen timestamptz) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return (select p_created < now() - make_interval(days => coalesce(i.session_max_days, 30))
    or coalesce(p_seen, p_created) < now() - make_interval(hours => coalesce(i.session_idle_hours, 72))
  from (select) one left join app.institution i on true);
end $$;

-- Whether the caller's session exists and is within its limits.
create function app.is_live_session(p_user uuid) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return exists (select from auth.sessions s left join app.staff_sessions u on u.session_id = s.id
    where s.id = app.session_id() and s.user_id = p_user and coalesce(s.not_after > now(), true)
      and not app.is_stale(s.created_at, u.seen_at));
end $$;

-- Whether token and session both carry the second factor: a factor that was removed takes it from the session at once.
create function app.has_aal2(p_user uuid) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return coalesce(auth.jwt() ->> 'aal' = 'aal2', false) and exists (select from auth.sessions s
    where s.id = app.session_id() and s.user_id = p_user and s.aal = 'aal2');
end $$;

-- Whether a member must show a second factor: when the institution demands it, and when the member has one.
create function app.owes_factor(p_user uuid) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return coalesce((select i.require_aal2 from app.institution i), false) or app.has_factor(p_user);
end $$;

-- Why the caller's session may not use the roles of its member: session_ended, second_factor_needed, or null.
create function app.session_problem(p_user uuid) returns text
language plpgsql stable set search_path = '' as $$
begin
  if not app.is_live_session(p_user) then return 'session_ended'; end if;
  if app.owes_factor(p_user) and not app.has_aal2(p_user) then return 'second_factor_needed'; end if;
  return null;
end $$;

-- Notes that a member uses this session, at most once a minute.
create function app.note_session(p_user uuid) returns void
language plpgsql volatile set search_path = '' as $$
begin
  insert into app.staff_sessions as u (session_id, user_id)
  select app.session_id(), p_user where p_user is not null
  on conflict (session_id) do update set seen_at = now() where u.seen_at < now() - interval '1 minute';
end $$;

-- Ends sessions of a member; `p_but` stays. Tokens stop opening staff functions at once.
create function app.end_sessions(p_user uuid, p_but uuid default null) returns void
language plpgsql volatile set search_path = '' as $$
begin
  delete from auth.sessions s where s.user_id = p_user and s.id is distinct from p_but;
end $$;

-- Ends the sessions of staff that are past their limits, and forgets when ended ones were used.
create function app.end_stale_sessions() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_ended int;
begin
  delete from auth.sessions s using app.staff_sessions u
  where u.session_id = s.id and app.is_stale(s.created_at, u.seen_at);
  get diagnostics v_ended = row_count;
  delete from app.staff_sessions u where not exists (select from auth.sessions s where s.id = u.session_id);
  return v_ended;
end $$;
insert into app.due_jobs (position, name, handler) values (55, 'sessions_ended', 'end_stale_sessions');

-- The log of access ---------------------------------------------------------------------------------------

-- When members of staff signed in, and second factors came and went. A failed sign-in leaves no trace in the database of a
-- hosted project, so there is none here (docs/decisions/0071). What the app itself does to a factor is in app.staff_events.
create table app.access_events (
  seq bigint generated always as identity primary key,
  at timestamptz not null default app.now(),
  user_id uuid not null,
  kind text not null check (kind in ('signed_in', 'factor_added', 'factor_gone'))
);
create index on app.access_events (at, seq);
alter table app.access_events enable row level security;
comment on table app.access_events is
  'Personal data: when a member of staff signed in, and had a second factor. Readers: auditors and administrators of the'
  ' institution. Kept: a year. Deleted by: app.forget_access.';

-- A session whose first call for staff arrived. Its sign-in is as old as its row in Supabase Auth.
create function app.log_sign_in() returns trigger
language plpgsql volatile set search_path = '' as $$
begin
  insert into app.access_events (at, user_id, kind) select s.created_at, new.user_id, 'signed_in' from auth.sessions s
  where s.id = new.session_id and exists (select from app.staff m where m.user_id = new.user_id);
  return null;
end $$;
create trigger log_sign_in after insert on app.staff_sessions for each row execute function app.log_sign_in();

-- The second factors of staff as they were last seen. Supabase Auth keeps no history of its own.
create table app.seen_factors (
  factor_id uuid primary key,    -- auth.mfa_factors
  user_id uuid not null
);
alter table app.seen_factors enable row level security;
comment on table app.seen_factors is
  'Personal data: that a member of staff has a second factor. Readers: the server. Kept: until the factor is gone. Deleted'
  ' by: app.note_factors.';

-- Logs the factors of staff that came and went since the last call. One that came and went in between is not seen.
create function app.note_factors() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_count int;
begin
  with gone as (
    delete from app.seen_factors k where not exists (select from auth.mfa_factors f
      where f.id = k.factor_id and f.status = 'verified') returning k.user_id
  ), added as (
    insert into app.seen_factors (factor_id, user_id) select f.id, f.user_id from auth.mfa_factors f
    where f.status = 'verified' and exists (select from app.staff m where m.user_id = f.user_id)
    on conflict (factor_id) do nothing returning user_id
  ), noted as (
    insert into app.access_events (user_id, kind) select g.user_id, 'factor_gone' from gone g
    union all select a.user_id, 'factor_added' from added a returning 1
  ) select count(*) into v_count from noted;
  return v_count;
end $$;

create function app.forget_access() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_count int;
begin
  with gone as (
    delete from app.access_events e where e.seq in (select o.seq from app.access_events o
      where o.at < app.now() - interval '1 year' order by o.at limit 10000) returning 1
  ) select count(*) into v_count from gone;
  return v_count;
end $$;
insert into app.due_jobs (position, name, handler) values (56, 'factors_noted', 'note_factors'),
  (57, 'access_forgotten', 'forget_access');
