-- A job gives every event its leaf. Whoever records an event takes no lock for it and writes nothing more.

-- What hides a commitment: one for each submission, gone with what its author wrote. Without a reference to the submission,
-- which would lock its row while the job runs.
create table app.merkle_salts (
  submission_id uuid primary key,
  salt bytea not null check (length(salt) = 32)
);
alter table app.merkle_salts enable row level security;
comment on table app.merkle_salts is
  'Personal data: what opens the commitments of a submission in the public log. Readers: its author. Kept: until what its'
  ' author wrote is erased, or with the submission. Deleted by: app.erase_salts.';

-- `settled`: up to this number every event has its leaf or will never exist. `marked`: the newest number at the last run;
-- `writers`: the transactions that were writing events then, which may yet commit a lower number.
create table app.merkle_state (
  singleton boolean primary key default true check (singleton),
  settled bigint not null default 0,
  marked bigint not null default 0,
  writers text[] not null default '{}'
);
alter table app.merkle_state enable row level security;
comment on table app.merkle_state is
  'Personal data: none. Readers: the server. Kept: for the life of the project. Deleted by: nothing.';
insert into app.merkle_state default values;

-- What an event's leaf commits to (docs/log.md). It holds no name, no address and no member; of a reply its hash.
create function app.step_text(p_event app.review_events, p_folio text) returns text
language plpgsql stable set search_path = '' as $$
begin
  return concat_ws(E'\n', 'convoca:step:1', p_folio, p_event.id,
    to_char(p_event.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), p_event.source, p_event.kind,
    coalesce(p_event.from_state, ''), p_event.to_state, coalesce(p_event.reason_code, ''),
    case when p_event.message is null then '' else app.sha256_hex(p_event.message) end);
end $$;

-- Events from p_after on that have no leaf.
create function app.unsequenced(p_after bigint, p_limit int) returns setof bigint
language plpgsql stable set search_path = '' as $$
begin
  return query select e.seq from app.review_events e
    where e.seq > p_after
      and not exists (select from app.merkle_leaves l where l.event_seq > p_after and l.event_seq = e.seq)
    order by e.seq limit p_limit;
end $$;

-- The transactions that have written events, or are about to, and have not ended: each locks the table for writing before
-- its event gets a number.
create function app.event_writers() returns text[]
language plpgsql volatile set search_path = '' as $$
begin
  return array(select l.virtualtransaction from pg_catalog.pg_locks l
    where l.relation = 'app.review_events'::regclass and l.mode = 'RowExclusiveLock' and l.pid <> pg_backend_pid()
      and l.database = (select d.oid from pg_catalog.pg_database d where d.datname = current_database()));
end $$;

create function app.live_transactions() returns text[]
language plpgsql volatile set search_path = '' as $$
begin
  return array(select l.virtualtransaction from pg_catalog.pg_locks l where l.locktype = 'virtualxid' and l.granted);
end $$;

-- Appends the leaves of these events in the order of their numbers. An event whose submission was erased gets a leaf that
-- nobody can open.
create function app.append_leaves(p_events bigint[]) returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_size bigint := app.merkle_size();
  v_count int;
begin
  insert into app.merkle_salts (submission_id, salt)
  select s.id, extensions.gen_random_bytes(32) from app.submissions s
  where s.content_erased_at is null
    and s.id in (select e.submission_id from unnest(p_events) u (seq) join app.review_events e on e.seq = u.seq)
  on conflict do nothing;
  insert into app.merkle_leaves (position, event_seq, hash)
  select v_size - 1 + row_number() over (order by e.seq), e.seq, sha256('\x00'::bytea
    || sha256(coalesce(k.salt, extensions.gen_random_bytes(32)) || convert_to(app.step_text(e, s.folio), 'UTF8')))
  from unnest(p_events) u (seq) join app.review_events e on e.seq = u.seq join app.submissions s on s.id = e.submission_id
    left join app.merkle_salts k on k.submission_id = e.submission_id;
  get diagnostics v_count = row_count;
  perform app.grow_tree(v_size, v_size + v_count);
  return v_count;
end $$;

-- Sequences up to 20,000 events a call. Does nothing while another run, or an erasure of salts, is at work.
create function app.sequence_events() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_limit constant int := 20000;
  v_marked bigint;
  v_writers text[];
  v_state app.merkle_state;
  v_batch bigint[];
begin
  if not pg_try_advisory_xact_lock(hashtextextended('merkle', 0)) then return 0; end if;
  select * into v_state from app.merkle_state;
  -- before the writers, which are then all of them; a sequence that gave no number yet says 1
  v_marked := (select case when s.is_called then s.last_value else 0 end from app.review_events_seq_seq s);
  v_writers := app.event_writers();
  if not v_state.writers && app.live_transactions() then v_state.settled := v_state.marked; end if;
  v_batch := array(select app.unsequenced((select m.settled from app.merkle_state m), v_limit));
  if cardinality(v_batch) < v_limit then   -- every event that can be seen has its leaf after this run
    update app.merkle_state m set settled = v_state.settled, marked = v_marked, writers = v_writers
    where m.singleton and (m.settled, m.marked, m.writers) is distinct from (v_state.settled, v_marked, v_writers);
  end if;
  return app.append_leaves(v_batch);
end $$;

insert into app.due_jobs (position, name, handler) values (112, 'events_sequenced', 'sequence_events');

-- Erases the salts of submissions: their leaves stay, and nobody can say any more what they commit to. Waits for the job,
-- which would otherwise make a salt anew.
create function app.erase_salts(p_ids uuid[]) returns void
language plpgsql volatile set search_path = '' as $$
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('merkle', 0));
  delete from app.merkle_salts k where k.submission_id = any (p_ids);
end $$;
