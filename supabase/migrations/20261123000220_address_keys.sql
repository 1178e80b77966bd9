-- What is remembered of an address beyond what was sent with it: a keyed hash that names nobody outside this database,
-- whether its owner confirmed it, and how many letters it got.

create table app.address_secret (
  singleton boolean primary key default true check (singleton),
  key bytea not null default extensions.gen_random_bytes(32)
);
insert into app.address_secret default values;
alter table app.address_secret enable row level security;
comment on table app.address_secret is
  'Personal data: none. Readers: the server. Kept: for the life of the project. Deleted by: nothing.';

create function app.keyed_hash(p_text text) returns text
language sql stable set search_path = '' as $$
  select left(encode(extensions.hmac(convert_to(p_text, 'UTF8'), s.key, 'sha256'), 'hex'), 32) from app.address_secret s
$$;

-- The keyed hash of a canonical address; null for none.
create function app.address_key(p_email text) returns text
language sql stable set search_path = '' as $$
  select app.keyed_hash('address:' || p_email)
$$;

-- The token of the links in letters to an address. Whoever shows it reads that mailbox.
create function app.mail_token(p_key text) returns text
language sql stable set search_path = '' as $$
  select p_key || app.keyed_hash('token:' || p_key)
$$;

-- The address key of a token, or null when the token is not ours.
create function app.key_of_token(p_token text) returns text
language sql stable set search_path = '' as $$
  select left(p_token, 32) where p_token = app.mail_token(left(p_token, 32))
$$;

create table app.mail_addresses (
  address_key text primary key,
  asked_at timestamptz,            -- when the letter left that asks its owner to confirm
  confirmed_at timestamptz,
  stopped_at timestamptz,          -- its owner wants no more letters
  deadlines_sent int not null default 0,   -- letters with a deadline, while unconfirmed
  touched_at timestamptz not null default app.now()
);
create index on app.mail_addresses (touched_at);
alter table app.mail_addresses enable row level security;
comment on table app.mail_addresses is
  'Personal data: keyed hash of an address, and whether its owner wants letters. Readers: the server. Kept: a year after'
  ' its last letter; without end where its owner wants no letters. Deleted by: app.sweep_addresses.';
