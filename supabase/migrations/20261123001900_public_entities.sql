-- The entities of scope `public` and the order in which a first read takes them.

-- The migration of a campaign kind can add rows here.
create table app.public_entities (
  entity text primary key,
  position int not null unique,
  keys_function text not null,     -- app.<name>(after text, count int) returns setof text, ascending
  row_function text not null       -- app.<name>(id text) returns jsonb; null: not visible
);
alter table app.public_entities enable row level security;
comment on table app.public_entities is
  'Personal data: none. Readers: the server. Kept: for the life of the project. Deleted by: nothing.';

create function app.catalog_keys(p_after text, p_limit int) returns setof text
language sql stable set search_path = '' as $$
  select 'municipalities' where p_after < 'municipalities' limit p_limit
$$;

create function app.notice_keys(p_after text, p_limit int) returns setof text
language sql stable set search_path = '' as $$
  select n.id::text from app.notices n
  where app.is_public_notice(n.id)
    and n.id > coalesce(app.parse_uuid(p_after), '00000000-0000-0000-0000-000000000000') order by n.id limit p_limit
$$;

create function app.convocatoria_keys(p_after text, p_limit int) returns setof text
language sql stable set search_path = '' as $$
  select c.id::text from app.convocatorias c
  where c.published and c.id > coalesce(app.parse_uuid(p_after), '00000000-0000-0000-0000-000000000000')
  order by c.id limit p_limit
$$;

create function app.insumo_keys(p_after text, p_limit int) returns setof text
language sql stable set search_path = '' as $$
  select i.id::text from app.insumos i join app.convocatorias c on c.id = i.convocatoria_id and c.published
  where i.id > coalesce(app.parse_uuid(p_after), '00000000-0000-0000-0000-000000000000') order by i.id limit p_limit
$$;

insert into app.public_entities (entity, position, keys_function, row_function) values
  ('catalog', 1, 'catalog_keys', 'catalog_row'),
  ('notice', 2, 'notice_keys', 'notice_row'),
  ('convocatoria', 3, 'convocatoria_keys', 'convocatoria_row'),
  ('insumo', 4, 'insumo_keys', 'insumo_row');

-- Up to 200 keys of scope public after a position, entity by entity.
create function app.public_keys(p_entity text, p_id text) returns table (entity text, id text)
language plpgsql stable set search_path = '' as $$
declare
  v_left int := 200;
  v_from int := coalesce((select e.position from app.public_entities e where e.entity = p_entity), 0);
  v_entity app.public_entities;
  v_key text;
begin
  for v_entity in select e.* from app.public_entities e where e.position >= v_from order by e.position loop
    for v_key in execute format('select app.%I($1, $2)', v_entity.keys_function)
      using case when v_entity.entity = p_entity then p_id else '' end, v_left loop
      v_left := v_left - 1;
      entity := v_entity.entity;
      id := v_key;
      return next;
    end loop;
    exit when v_left = 0;
  end loop;
end $$;
