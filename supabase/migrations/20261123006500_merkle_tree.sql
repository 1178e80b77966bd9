-- The transparency log: an append-only Merkle tree (RFC 6962) over salted commitments to the events of submissions. This
-- file has the tree and its proofs; docs/log.md is the format and docs/decisions/0095 the reasons.

-- The leaves in their order. `event_seq` is the number of the event; the event itself is deleted with its submission, and the
-- leaf stays: without the salt (app.merkle_salts) its hash says nothing.
create table app.merkle_leaves (
  position bigint primary key check (position >= 0),
  event_seq bigint not null unique,
  hash bytea not null check (length(hash) = 32)
);
alter table app.merkle_leaves enable row level security;
comment on table app.merkle_leaves is
  'Personal data: none. Readers: everybody, in proofs. Kept: for the life of the project. Deleted by: nothing.';

-- The roots of complete subtrees of 16, 256, 4,096 … leaves. What lies between is computed from at most 16 of these.
create table app.merkle_nodes (
  level int not null check (level > 0 and level % 4 = 0),
  index bigint not null,
  hash bytea not null check (length(hash) = 32),
  primary key (level, index)
);
alter table app.merkle_nodes enable row level security;
comment on table app.merkle_nodes is
  'Personal data: none. Readers: everybody, in proofs. Kept: for the life of the project. Deleted by: nothing.';

create trigger merkle_leaves_are_append_only before update or delete on app.merkle_leaves
  for each row execute function app.refuse_rewriting();
create trigger merkle_leaves_are_kept before truncate on app.merkle_leaves
  for each statement execute function app.refuse_rewriting();
create trigger merkle_nodes_are_append_only before update or delete on app.merkle_nodes
  for each row execute function app.refuse_rewriting();
create trigger merkle_nodes_are_kept before truncate on app.merkle_nodes
  for each statement execute function app.refuse_rewriting();

create function app.merkle_size() returns bigint
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(max(l.position) + 1, 0) from app.merkle_leaves l);
end $$;

create function app.merkle_join(p_left bytea, p_right bytea) returns bytea
language plpgsql immutable set search_path = '' as $$
begin
  return sha256('\x01'::bytea || p_left || p_right);
end $$;

-- Adds the subtrees that became complete when the log grew.
create function app.grow_tree(p_from bigint, p_to bigint) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_level int := 0;
  v_first bigint := p_from >> 4;
  v_end bigint := p_to >> 4;
begin
  while v_first < v_end loop
    insert into app.merkle_nodes (level, index, hash)
    with l0 as (
      select l.position as at, l.hash from app.merkle_leaves l
      where v_level = 0 and l.position >= v_first << 4 and l.position < v_end << 4
      union all select n.index, n.hash from app.merkle_nodes n
      where n.level = v_level and n.index >= v_first << 4 and n.index < v_end << 4
    ), l1 as (
      select o.at >> 1 as at, sha256('\x01'::bytea || string_agg(o.hash, '' order by o.at)) as hash from l0 o group by o.at >> 1
    ), l2 as (
      select o.at >> 1 as at, sha256('\x01'::bytea || string_agg(o.hash, '' order by o.at)) as hash from l1 o group by o.at >> 1
    ), l3 as (
      select o.at >> 1 as at, sha256('\x01'::bytea || string_agg(o.hash, '' order by o.at)) as hash from l2 o group by o.at >> 1
    )
    select v_level + 4, o.at >> 1, sha256('\x01'::bytea || string_agg(o.hash, '' order by o.at)) from l3 o group by o.at >> 1;
    v_level := v_level + 4;
    v_first := v_first >> 4;
    v_end := v_end >> 4;
  end loop;
end $$;

-- The root of the complete subtree of 2^p_level leaves that is number p_index of its size.
create function app.merkle_node(p_level int, p_index bigint) returns bytea
language plpgsql stable set search_path = '' as $$
begin
  if p_level = 0 then return (select l.hash from app.merkle_leaves l where l.position = p_index); end if;
  if p_level % 4 = 0 then
    return (select n.hash from app.merkle_nodes n where n.level = p_level and n.index = p_index);
  end if;
  return app.merkle_join(app.merkle_node(p_level - 1, p_index * 2), app.merkle_node(p_level - 1, p_index * 2 + 1));
end $$;

-- The greatest power of two below a number of at least 2.
create function app.power_below(p_number bigint) returns bigint
language plpgsql immutable set search_path = '' as $$
declare
  v_power bigint := 1;
begin
  while v_power * 2 < p_number loop v_power := v_power * 2; end loop;
  return v_power;
end $$;

-- MTH of RFC 6962 over the leaves from p_from up to, but not including, p_to.
create function app.merkle_root(p_from bigint, p_to bigint) returns bytea
language plpgsql stable set search_path = '' as $$
declare
  v_count bigint := p_to - p_from;
  v_half bigint;
begin
  if v_count = 0 then return sha256(''::bytea); end if;
  if v_count = 1 then return app.merkle_node(0, p_from); end if;
  v_half := app.power_below(v_count);
  if v_half * 2 = v_count then
    return app.merkle_node(round(log(2::numeric, v_count::numeric))::int, p_from / v_count);
  end if;
  return app.merkle_join(app.merkle_root(p_from, p_from + v_half), app.merkle_root(p_from + v_half, p_to));
end $$;

-- PATH of RFC 6962: what proves the leaf p_at among those from p_from to p_to, 32 bytes a hash, the lowest first.
create function app.merkle_path(p_at bigint, p_from bigint, p_to bigint) returns bytea
language plpgsql stable set search_path = '' as $$
declare
  v_middle bigint;
begin
  if p_to - p_from = 1 then return ''::bytea; end if;
  v_middle := p_from + app.power_below(p_to - p_from);
  if p_at < v_middle then
    return app.merkle_path(p_at, p_from, v_middle) || app.merkle_root(v_middle, p_to);
  end if;
  return app.merkle_path(p_at, v_middle, p_to) || app.merkle_root(p_from, v_middle);
end $$;

-- SUBPROOF of RFC 6962: what proves that the first p_old leaves are still the first ones of p_to. p_known: the one who asks
-- knows the root of the part in question.
create function app.merkle_subproof(p_old bigint, p_from bigint, p_to bigint, p_known boolean) returns bytea
language plpgsql stable set search_path = '' as $$
declare
  v_middle bigint;
begin
  if p_old = p_to then return case when p_known then ''::bytea else app.merkle_root(p_from, p_to) end; end if;
  v_middle := p_from + app.power_below(p_to - p_from);
  if p_old <= v_middle then
    return app.merkle_subproof(p_old, p_from, v_middle, p_known) || app.merkle_root(v_middle, p_to);
  end if;
  return app.merkle_subproof(p_old, v_middle, p_to, false) || app.merkle_root(p_from, v_middle);
end $$;

-- PROOF of RFC 6962. Empty where there is nothing to prove: from an empty log, or to one of the same size.
create function app.merkle_consistency(p_old bigint, p_new bigint) returns bytea
language plpgsql stable set search_path = '' as $$
begin
  if p_old <= 0 or p_old >= p_new then return ''::bytea; end if;
  return app.merkle_subproof(p_old, 0, p_new, true);
end $$;
