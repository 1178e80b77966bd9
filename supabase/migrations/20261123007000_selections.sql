-- The selection of works of high value: a jury marks the accepted videos of a campaign by its rubric, each member without seeing the
-- others or the author (docs/decisions/0103). A juror is a role of its own that reads nothing else: the rights keep the author away.

create table app.selections (
  convocatoria_id uuid primary key references app.video_campaigns on delete cascade,
  version int not null default 1,
  criteria jsonb not null check (jsonb_array_length(criteria) between 1 and 12),   -- [{title, hint}], as when it was opened
  gap int not null,                -- of a hundred of the range of totals: two who differ by more are joined by a third
  round int not null default 1,    -- grows with each reopening
  opened_at timestamptz not null default app.now(),
  opened_by uuid not null,
  closed_at timestamptz            -- null: open
);
alter table app.selections enable row level security;
comment on table app.selections is
  'Personal data: the member who opened it. Readers: staff of the campaign; the criteria, its jurors. Kept: with its campaign.'
  ' Deleted by: public.delete_convocatoria.';

-- Who judges which video. Two for each, and a third where they differ.
create table app.jury_seats (
  id uuid primary key default gen_random_uuid(),
  submission_id uuid not null references app.videos on delete cascade,
  user_id uuid not null,
  is_third boolean not null,
  by_id uuid,                      -- who chose the juror; null: the one with the least work
  at timestamptz not null default app.now(),
  left_as text check (left_as in ('recused', 'replaced')),
  reason text check (reason = app.canon(reason) and char_length(reason) <= 500),   -- of a recusal
  unique (submission_id, user_id)  -- whoever left does not come back
);
create index on app.jury_seats (user_id) where left_as is null;
alter table app.jury_seats enable row level security;
comment on table app.jury_seats is
  'Personal data: which juror judges what, and why one does not. Readers: that juror; staff of the campaign. Kept: with the'
  ' submission; the reason until app.erase_videos or app.erase_withdrawn. Deleted by: app.forget_records.';

-- What a juror said of a video. Nobody but the juror reads it before all of its jurors have marked.
create table app.jury_marks (
  seat_id uuid primary key references app.jury_seats on delete cascade,
  marks int[] not null check (1 <= all (marks) and 5 >= all (marks) and array_position(marks, null) is null),   -- of 1 to 5, in the order of the criteria
  reason text check (app.visible_length(reason) > 0 and reason = app.canon(reason) and char_length(reason) <= 1000),
  saved_at timestamptz not null default app.now()
);
alter table app.jury_marks enable row level security;
comment on table app.jury_marks is
  'Personal data: what a juror thinks of a video. Readers: that juror; once all of its jurors have marked, they and staff of the'
  ' campaign. Kept: with the submission; the reason until app.erase_videos or app.erase_withdrawn. Deleted by: app.forget_records.';

-- What the last closing decided of each video.
create table app.jury_choices (
  submission_id uuid primary key references app.videos on delete cascade,
  chosen boolean not null
);
alter table app.jury_choices enable row level security;
comment on table app.jury_choices is
  'Personal data: none. Readers: staff of the campaign; its author the state. Kept: with the submission. Deleted by: app.forget_records.';

-- What was done, with ids and never with a mark. Append-only.
create table app.jury_events (
  seq bigint generated always as identity primary key,
  at timestamptz not null default app.now(),
  convocatoria_id uuid not null references app.convocatorias on delete cascade,
  submission_id uuid,              -- no foreign key: the history outlives the video
  actor_id uuid,                   -- null: the rule of the campaign
  kind text not null check (kind in ('opened', 'seated', 'replaced', 'recused', 'marked', 'changed', 'third', 'closed', 'reopened',
    'recognised', 'unrecognised')),
  juror_id uuid,
  reason text check (char_length(reason) <= 500)   -- of a closing, a reopening, and a recognition that is revoked
);
create index on app.jury_events (convocatoria_id, seq);
create index on app.jury_events (at, seq);
alter table app.jury_events enable row level security;
comment on table app.jury_events is
  'Personal data: who of the staff did what. Readers: auditors and administrators. Kept: with its campaign. Deleted by:'
  ' public.delete_convocatoria.';
create trigger jury_events_are_append_only before update or delete on app.jury_events
  for each row execute function app.keep_finding_events();
create trigger jury_events_are_kept before truncate on app.jury_events
  for each statement execute function app.refuse_rewriting();

create function app.log_jury(p_convocatoria uuid, p_kind text, p_submission uuid default null, p_juror uuid default null,
  p_actor uuid default auth.uid(), p_reason text default null) returns void
language plpgsql volatile set search_path = '' as $$
begin
  insert into app.jury_events (convocatoria_id, kind, submission_id, juror_id, actor_id, reason)
  values (p_convocatoria, p_kind, p_submission, p_juror, p_actor, p_reason);
end $$;

create function app.jury_log(q app.log_query) returns setof app.log_line
language plpgsql stable set search_path = '' as $$
begin
  return query select e.at, 'jury'::text, e.seq, e.kind, case when e.actor_id is null then 'system' else 'staff' end, e.actor_id,
    coalesce(s.folio, app.working_title(c), ''), s.id, e.convocatoria_id, jsonb_build_object('reason', e.reason)
  from app.jury_events e left join app.submissions s on s.id = e.submission_id left join app.convocatorias c on c.id = e.convocatoria_id
  where e.at >= q.since and e.at < q.until
    and app.is_logged(q, e.at, 'jury', e.seq, e.kind, e.actor_id, e.convocatoria_id)
  order by e.at desc, e.seq desc limit q.amount;
end $$;

-- Who sits ------------------------------------------------------------------------------------------------

create function app.jurors() returns text[]
language sql immutable parallel safe as $$ select array['juror'] $$;

-- Whether this member may judge videos of the campaign: a juror of it who does not read its submissions too, and with them their
-- authors.
create function app.may_judge(p_user uuid, p_convocatoria uuid) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(bool_or(s.role = 'juror') and not bool_or(s.role = any (app.readers())), false) from app.staff s
    where s.user_id = p_user and s.active and (s.convocatoria_id is null or s.convocatoria_id = p_convocatoria));
end $$;

-- Whether all jurors of a video have marked it, a third one where the first two differ by more than the rule.
create function app.is_judged(p_submission uuid) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return (select count(m.seat_id) >= case when count(*) filter (where t.is_third) > 0 or app.differs(p_submission) then 3 else 2 end
    from app.jury_seats t left join app.jury_marks m on m.seat_id = t.id where t.submission_id = p_submission and t.left_as is null);
end $$;

create function app.total_of(p_marks int[]) returns int
language plpgsql immutable set search_path = '' as $$
begin
  return (select sum(m) from unnest(p_marks) m);
end $$;

-- Whether the totals of the first two differ by more than the rule: a part of the range between all ones and all fives.
create function app.differs(p_submission uuid) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(count(*) = 2 and (max(app.total_of(m.marks)) - min(app.total_of(m.marks))) * 100
      > max(s.gap * jsonb_array_length(s.criteria) * 4), false)
    from app.jury_seats t join app.jury_marks m on m.seat_id = t.id join app.videos v on v.submission_id = t.submission_id
    join app.selections s on s.convocatoria_id = v.convocatoria_id
    where t.submission_id = p_submission and t.left_as is null and not t.is_third);
end $$;

-- Marks never change once others may read them, nor while no selection is open. Of a video whose words are erased, the reason goes.
create function app.keep_marks() returns trigger
language plpgsql volatile set search_path = '' as $$
declare
  v_seat app.jury_seats;
begin
  select * into v_seat from app.jury_seats t where t.id = case when tg_op = 'DELETE' then old.seat_id else new.seat_id end;
  if tg_op = 'DELETE' then
    if v_seat.id is not null then raise exception '% is append-only', tg_table_name using errcode = '55000'; end if;
    return old;
  elsif tg_op = 'UPDATE' and new.marks = old.marks and new.saved_at = old.saved_at and new.reason is null then
    return new;
  end if;
  if app.is_judged(v_seat.submission_id) or not exists (select from app.videos v join app.selections s on s.convocatoria_id = v.convocatoria_id
      and s.closed_at is null where v.submission_id = v_seat.submission_id and cardinality(new.marks) = jsonb_array_length(s.criteria)) then
    raise exception 'marks are final' using errcode = '55000';
  end if;
  return new;
end $$;
create trigger marks_are_final before insert or update or delete on app.jury_marks
  for each row execute function app.keep_marks();
create trigger marks_are_kept before truncate on app.jury_marks
  for each statement execute function app.refuse_rewriting();

-- What the selection says of a video: `open` while its jury works, `chosen` or `left_out` after it; null without a selection.
create function app.selection_state(p_submission uuid) returns text
language plpgsql stable set search_path = '' as $$
begin
  return (select case when s.closed_at is null then 'open' when c.chosen then 'chosen' else 'left_out' end
    from app.videos v join app.selections s on s.convocatoria_id = v.convocatoria_id
    left join app.jury_choices c on c.submission_id = v.submission_id where v.submission_id = p_submission);
end $$;

-- Nobody leaves a video out by hand while its jury works.
create function app.guard_selection() returns trigger
language plpgsql volatile set search_path = '' as $$
begin
  if app.selection_state(new.id) = 'open' then perform app.refuse('selection_open', 'decision', 409); end if;
  return new;
end $$;
create trigger guard_selection before update on app.submissions for each row
  when (old.state = 'accepted' and new.state = 'not_selected') execute function app.guard_selection();

-- What jurors wrote of a video goes with its words.
create function app.erase_jury_words(p_id uuid) returns void
language plpgsql volatile set search_path = '' as $$
begin
  update app.jury_marks m set reason = null from app.jury_seats t where t.id = m.seat_id and t.submission_id = p_id and m.reason is not null;
  update app.jury_seats t set reason = null where t.submission_id = p_id and t.reason is not null;
end $$;
