-- Who works on a submission: the member to whom it is assigned, and the members who have it open now. Neither locks it.

create table app.assignments (
  submission_id uuid primary key references app.submissions on delete cascade,
  user_id uuid not null,      -- the member who decides on it
  by_id uuid not null,        -- the member who assigned it
  at timestamptz not null default app.now()
);
create index on app.assignments (user_id, at desc) include (submission_id);
alter table app.assignments enable row level security;
comment on table app.assignments is
  'Personal data: which member works on what. Readers: staff of its campaign. Kept: with the submission. Deleted by:'
  ' app.forget_records.';
create trigger log_piece after insert or update or delete on app.assignments
  for each row execute function app.log_submission_piece();

create table app.open_reviews (
  submission_id uuid not null references app.submissions on delete cascade,
  user_id uuid not null,
  at timestamptz not null,
  primary key (submission_id, user_id)
);
create index on app.open_reviews (at);
alter table app.open_reviews enable row level security;
comment on table app.open_reviews is
  'Personal data: which member has a submission open. Readers: staff of its campaign. Kept: three minutes. Deleted by:'
  ' app.sweep_open_reviews.';

-- The member to whom a submission is assigned, as {id, name}; null when nobody decides on it by name.
create function app.assignee_of(p_submission uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select jsonb_build_object('id', a.user_id, 'name', app.staff_name(a.user_id))
  from app.assignments a where a.submission_id = p_submission);
end $$;

-- Whether this member may decide on the submissions of this convocatoria.
create function app.decides_on(p_user uuid, p_convocatoria uuid) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return exists (select from app.staff s where s.user_id = p_user and s.active and s.role = any (app.deciders())
    and (s.convocatoria_id is null or s.convocatoria_id = p_convocatoria));
end $$;

-- payload {to}: assigns the submission to a member who may decide on it, or to nobody (null). It changes no state, so it
-- needs no version and conflicts with nothing: the last one counts.
create function app.assign_review(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_convocatoria uuid := (select s.convocatoria_id from app.submissions s where s.id = p_op.entity_id);
  v_to uuid := app.parse_uuid(app.text_of(p_op.payload, 'to'));
begin
  if not app.has_role(app.deciders(), v_convocatoria) or v_convocatoria is null then
    perform app.refuse('not_allowed', null, 403);
  end if;
  if v_to is null then
    if p_op.payload -> 'to' is distinct from 'null' then perform app.refuse('malformed_op', 'to'); end if;
    delete from app.assignments a where a.submission_id = p_op.entity_id;
    return;
  end if;
  if not app.decides_on(v_to, v_convocatoria) then perform app.refuse('assignee_unknown', 'to', 409); end if;
  insert into app.assignments as a (submission_id, user_id, by_id) values (p_op.entity_id, v_to, auth.uid())
  on conflict (submission_id) do update set user_id = excluded.user_id, by_id = excluded.by_id, at = app.now()
  where a.user_id <> excluded.user_id;
end $$;

insert into app.op_kinds (kind, actor, handler) values ('desk.assign', 'staff', 'assign_review');

-- The names of the other members who told within the last 150 seconds that they have a submission open. A phone in use
-- tells every two minutes.
create function app.open_by(p_submission uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(jsonb_agg(app.staff_name(o.user_id) order by o.at), '[]') from app.open_reviews o
  where o.submission_id = p_submission and o.user_id <> (select auth.uid()) and o.at > app.now() - interval '150 seconds');
end $$;

-- Notes that the caller has a submission open, which a page in use repeats, or that it was closed. Answers the names of the
-- others. It warns and never locks: two members may decide, and the later decision is a conflict.
create function public.note_open_review(p_id uuid, p_open boolean default true) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_convocatoria uuid := (select s.convocatoria_id from app.submissions s where s.id = p_id);
begin
  if not app.has_role(app.readers(), v_convocatoria) or v_convocatoria is null then
    perform app.refuse('not_allowed', null, 403);
  end if;
  if p_open then
    insert into app.open_reviews (submission_id, user_id, at) values (p_id, auth.uid(), app.now())
    on conflict (submission_id, user_id) do update set at = excluded.at;
  else
    delete from app.open_reviews o where o.submission_id = p_id and o.user_id = auth.uid();
  end if;
  return jsonb_build_object('others', app.open_by(p_id));
end $$;
grant execute on function public.note_open_review(uuid, boolean) to authenticated;

create function app.sweep_open_reviews() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_count int;
begin
  with gone as (
    delete from app.open_reviews o where o.at < app.now() - interval '3 minutes' returning 1
  ) select count(*) into v_count from gone;
  return v_count;
end $$;

insert into app.due_jobs (position, name, handler) values (96, 'open_reviews_swept', 'sweep_open_reviews');
