-- What happened to the days of a published campaign: for staff whole, for everybody without links and authors.

-- Append-only. The columns `before` and `after` hold the day as app.day_record writes it.
create table app.jornada_changes (
  seq bigint generated always as identity primary key,
  jornada_id uuid not null,         -- no foreign key: the history outlives a day of a campaign that was taken back
  sequence int not null,            -- of the jornada after the change
  at timestamptz not null default app.now(),
  actor_id uuid,                    -- null: no member of the staff did it
  before jsonb,                     -- null: the day was added
  after jsonb not null,
  reason text check (char_length(reason) <= 500),
  check (before is null or reason is not null)
);
create index on app.jornada_changes (jornada_id, seq);
alter table app.jornada_changes enable row level security;
comment on table app.jornada_changes is
  'Personal data: who of the staff changed a day; names of speakers, who are public. Readers: everybody, without the'
  ' staff and the link of a session. Kept: with its campaign: acts of office, which the archive law keeps. Deleted by: nothing.';
create trigger jornada_changes_are_append_only before update or delete on app.jornada_changes
  for each row execute function app.refuse_rewriting();
create trigger jornada_changes_are_kept before truncate on app.jornada_changes
  for each statement execute function app.refuse_rewriting();

-- {key: value}; nothing of a null. For keys that say something only of some days.
create function app.if_given(p_key text, p_value int) returns jsonb
language plpgsql immutable set search_path = '' as $$
begin
  return case when p_value is null then '{}' else jsonb_build_object(p_key, p_value) end;
end $$;

create function app.day_record(p_jornada app.jornadas) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return jsonb_build_object('title', p_jornada.title, 'speaker', p_jornada.speaker,
    'speaker_post', p_jornada.speaker_post, 'on_day', p_jornada.on_day, 'starts_at', p_jornada.starts_at,
    'ends_at', p_jornada.ends_at, 'place', p_jornada.place, 'address', p_jornada.address,
    'accessibility', p_jornada.accessibility, 'modality', p_jornada.modality, 'capacity', p_jornada.capacity,
    'link', p_jornada.link, 'cancelled_at', p_jornada.cancelled_at)
    || app.if_given('online_capacity', p_jornada.online_capacity);
end $$;

-- The days that became public after their campaign, with the moment and the actor of this transaction.
create function app.record_added_days(p_jornadas uuid[]) returns void
language plpgsql volatile set search_path = '' as $$
begin
  insert into app.jornada_changes (jornada_id, sequence, actor_id, after)
  select j.id, j.sequence, auth.uid(), app.day_record(j) from app.jornadas j
  where j.id = any (p_jornadas) order by j.on_day, j.position;
end $$;

create function app.change_kind(p_before jsonb, p_after jsonb) returns text
language plpgsql immutable set search_path = '' as $$
begin
  return case when p_before is null then 'added'
    when p_before ->> 'cancelled_at' is null and p_after ->> 'cancelled_at' is not null then 'cancelled'
    when p_before ->> 'cancelled_at' is not null and p_after ->> 'cancelled_at' is null then 'restored'
    else 'changed' end;
end $$;

-- The fields of a record in which the other differs. Leaves out the link, which only people with a seat may read.
create function app.public_difference(p_record jsonb, p_other jsonb) returns jsonb
language plpgsql immutable set search_path = '' as $$
begin
  return (select coalesce(jsonb_object_agg(r.key, r.value), '{}') from jsonb_each(p_record) r
  where r.key not in ('title', 'link', 'cancelled_at') and r.value is distinct from p_other -> r.key);
end $$;

-- The latest 60 changes of the days of a campaign as everybody reads them, the newest first.
create function app.public_changes(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('jornada_id', h.jornada_id, 'sequence', h.sequence, 'at', h.at,
    'kind', app.change_kind(h.before, h.after), 'reason', h.reason,
    'before', case when h.before is not null then app.public_difference(h.before, h.after) end,
    'after', case when h.before is not null then app.public_difference(h.after, h.before) end,
    'link_changed', h.before is not null and h.before -> 'link' is distinct from h.after -> 'link')
    order by h.seq desc), '[]')
  from (select c.* from app.jornada_changes c join app.jornadas j on j.id = c.jornada_id
    where j.convocatoria_id = p_convocatoria order by c.seq desc limit 60) h);
end $$;
