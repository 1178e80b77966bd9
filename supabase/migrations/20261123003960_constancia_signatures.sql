-- What of constancias is signed, and the public list of those that ended. The function `sign` signs both; it takes from
-- here the texts that it may sign and gives back the signatures. docs/constancia.md is the format.

create function app.base64url(p_bytes bytea) returns text
language plpgsql immutable set search_path = '' as $$
begin
  return rtrim(translate(encode(p_bytes, 'base64'), E'+/\n', '-_'), '=');
end $$;

-- The text that the key signs. The second version is of recognitions.
create function app.constancia_text(p_number int, p_key text) returns text
language plpgsql stable set search_path = '' as $$
begin
  return (select concat_ws(E'\n', case when c.recognition_id is null then 'convoca:constancia:1' else 'convoca:constancia:2' end, p_key, s.serial, s.number, s.issued_on, c.facts)
    from app.constancias c join app.constancia_serials s on s.number = c.number where c.number = p_number);
end $$;

-- What stands behind the `#` of the verification page; null until it is signed.
create function app.code_of(p_constancia app.constancias) returns text
language plpgsql stable set search_path = '' as $$
begin
  return case when p_constancia.signature is not null then
    app.base64url(convert_to(app.constancia_text(p_constancia.number, p_constancia.key_id), 'UTF8')) || '.'
    || app.base64url(decode(p_constancia.signature, 'hex')) end;
end $$;

-- The last constancia of a person: {serial, issued_on, ended_on, ended_as, code}. `code` as app.code_of.
create function app.constancia_of(p_submission uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return coalesce((select jsonb_build_object('constancia', jsonb_build_object('serial', s.serial, 'issued_on', s.issued_on,
      'ended_on', s.ended_on, 'ended_as', s.ended_as, 'code', app.code_of(c)))
    from app.constancias c join app.constancia_serials s on s.number = c.number
    where c.submission_id = p_submission order by c.number desc limit 1), '{}');
end $$;

-- The newest constancias without a signature, `[{number, text}]`, for the key that signs now.
create function public.take_constancias(p_key text, p_limit int) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('number', d.number, 'text', app.constancia_text(d.number, p_key))
      order by d.number desc), '[]')
    from (select c.number from app.constancias c where c.signature is null order by c.number desc limit p_limit) d);
end $$;
grant execute on function public.take_constancias(text, int) to service_role;

-- Keeps signatures, `[{number, signature}]`. One that is there stays.
create function public.settle_constancias(p_key text, p_signed jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ids uuid[];
begin
  with signed as (
    update app.constancias c set key_id = p_key, signature = i.item ->> 'signature'
    from app.items_of(jsonb_build_object('signed', p_signed), 'signed') i
    where c.number = app.int_of(i.item, 'number') and c.signature is null returning c.submission_id
  ) select array_agg(s.submission_id) into v_ids from signed s;
  perform app.touch_submission(u.id) from unnest(array_remove(v_ids, null)) u (id);
  return jsonb_build_object('signed', coalesce(cardinality(v_ids), 0));
end $$;
grant execute on function public.settle_constancias(text, jsonb) to service_role;

-- The list as it was last signed.
create table app.revocation_list (
  singleton boolean primary key default true check (singleton),
  text text not null,
  signature text not null check (signature ~ '^[0-9a-f]{128}$'),
  hash text not null,               -- of what it lists (app.ended_hash)
  signed_at timestamptz not null default app.now()
);
alter table app.revocation_list enable row level security;
comment on table app.revocation_list is
  'Personal data: none. Readers: everybody. Kept: until the next one. Deleted by: nothing.';

create function app.ended_hash() returns text
language plpgsql stable set search_path = '' as $$
begin
  return app.sha256_hex((select string_agg(concat_ws(' ', s.number, s.ended_on, s.ended_as), ',' order by s.number)
    from app.constancia_serials s where s.ended_on is not null));
end $$;

-- What the next list says, `{signed_at, issuer, hash, ended: [[number, superseded]]}`; null while the present one says
-- the same and is younger than 20 hours, and before the first constancia.
create function public.take_revocations() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_hash text := coalesce(app.ended_hash(), '');
begin
  if not exists (select from app.constancia_serials) or exists (select from app.revocation_list l where l.hash = v_hash and l.signed_at > app.now() - interval '20 hours') then
    return null;
  end if;
  return jsonb_build_object('signed_at', app.now(), 'hash', v_hash,
    'issuer', coalesce((select app.one_line(i.name, 120) from app.institution i), ''),
    'ended', coalesce((select jsonb_agg(jsonb_build_array(s.number, s.ended_as = 'superseded') order by s.number)
      from app.constancia_serials s where s.ended_on is not null), '[]'));
end $$;
grant execute on function public.take_revocations() to service_role;

create function public.settle_revocations(p_text text, p_signature text, p_hash text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
begin
  insert into app.revocation_list (text, signature, hash) values (p_text, p_signature, p_hash)
  on conflict (singleton) do update set text = excluded.text, signature = excluded.signature, hash = excluded.hash,
    signed_at = app.now();
  return jsonb_build_object('kept', true);
end $$;
grant execute on function public.settle_revocations(text, text, text) to service_role;

-- The list for everybody, with an ETag: {text, signature}; both empty until the first one is signed.
create function public.revoked_constancias() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  return app.unless_known(coalesce((select jsonb_build_object('text', l.text, 'signature', l.signature)
    from app.revocation_list l), '{"text": "", "signature": ""}'));
end $$;
grant execute on function public.revoked_constancias() to anon, authenticated;
