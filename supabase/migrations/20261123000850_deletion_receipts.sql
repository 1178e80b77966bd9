-- The receipt of a deletion: how many rows or files of which campaign a rule deleted on a day, and the period that was
-- over. It says nothing of a person.

create table app.deletion_receipts (
  id bigint generated always as identity primary key,
  on_day date not null,            -- in central Mexico
  rule text not null check (rule in ('contacts', 'unselected', 'attendance', 'withdrawn', 'licences', 'records', 'files', 'copies', 'surveys', 'taps', 'comments', 'insumos')),
  convocatoria_id uuid not null,   -- no foreign key: a receipt stays
  amount int,                      -- the period, in the unit of its rule; null: the rule has no period
  deleted int not null check (deleted > 0),
  first_at timestamptz not null default app.now(),
  last_at timestamptz not null default app.now(),
  unique nulls not distinct (on_day, rule, convocatoria_id, amount)
);
alter table app.deletion_receipts enable row level security;
comment on table app.deletion_receipts is
  'Personal data: none. Readers: auditors and administrators. Kept: for the life of the project. Deleted by: nothing.';

-- A receipt stays, and only counts more deletions of its day.
create function app.keep_receipts() returns trigger
language plpgsql set search_path = '' as $$
begin
  if tg_op = 'UPDATE' then
    if new.deleted > old.deleted and (new.id, new.on_day, new.rule, new.convocatoria_id, new.first_at)
        = (old.id, old.on_day, old.rule, old.convocatoria_id, old.first_at)
      and new.amount is not distinct from old.amount then return new; end if;
  end if;
  raise exception 'deletion_receipts is append-only' using errcode = '55000';
end $$;
create trigger receipts_are_kept before update or delete on app.deletion_receipts
  for each row execute function app.keep_receipts();
create trigger receipts_are_not_truncated before truncate on app.deletion_receipts
  for each statement execute function app.refuse_rewriting();

create function app.record_deletion(p_rule text, p_convocatoria uuid, p_amount int, p_count int) returns void
language plpgsql volatile set search_path = '' as $$
begin
  insert into app.deletion_receipts as r (on_day, rule, convocatoria_id, amount, deleted)
  values (app.local_day(app.now()), p_rule, p_convocatoria, p_amount, p_count)
  on conflict (on_day, rule, convocatoria_id, amount)
    do update set deleted = r.deleted + excluded.deleted, last_at = excluded.last_at;
end $$;
