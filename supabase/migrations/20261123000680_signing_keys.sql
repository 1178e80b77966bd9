-- The public keys with which anybody verifies what this project signed. The function `sign` holds the private ones and
-- writes the public ones here. A key stays after its rotation, so that what it signed can still be verified.

create table app.signing_keys (
  id text primary key check (id ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  public_key text not null unique check (public_key ~ '^[0-9a-f]{64}$'),  -- Ed25519, hexadecimal
  added_at timestamptz not null default app.now()
);
alter table app.signing_keys enable row level security;
comment on table app.signing_keys is
  'Personal data: none. Readers: everybody. Kept: for the life of the project. Deleted by: nothing.';
create trigger signing_keys_are_append_only before update on app.signing_keys
  for each row execute function app.refuse_rewriting();

-- Adds the keys that are new, `[{id, public_key}]`. Refuses another key under a known id.
create function public.keep_signing_keys(p_keys jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
begin
  insert into app.signing_keys (id, public_key)
  select k.item ->> 'id', k.item ->> 'public_key' from app.items_of(jsonb_build_object('keys', p_keys), 'keys') k
  on conflict do nothing;
  if exists (select from app.items_of(jsonb_build_object('keys', p_keys), 'keys') k where not exists (
    select from app.signing_keys s where (s.id, s.public_key) = (k.item ->> 'id', k.item ->> 'public_key'))) then
    perform app.refuse('conflict', 'keys', 409);
  end if;
  return jsonb_build_object('kept', jsonb_array_length(p_keys));
end $$;
grant execute on function public.keep_signing_keys(jsonb) to service_role;
