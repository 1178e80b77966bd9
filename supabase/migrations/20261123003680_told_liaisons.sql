-- The liaison of a body learns who registered in its name, where the campaign says so and its notice tells it: one letter a
-- day at most, with everybody since the last one.

create table app.told_liaisons (
  body_id uuid not null references app.sujetos_obligados on delete cascade,
  convocatoria_id uuid not null references app.convocatorias on delete cascade,
  told_at timestamptz not null,
  primary key (body_id, convocatoria_id)
);
create index on app.told_liaisons (convocatoria_id);
alter table app.told_liaisons enable row level security;
comment on table app.told_liaisons is
  'Personal data: none. Readers: the server. Kept: with its campaign. Deleted by: public.delete_convocatoria.';

-- Who registered for a body since an instant, up to 60 lines: «· Ana Pérez, titular: Primera Jornada, Segunda Jornada».
create function app.registered_lines(p_body uuid, p_convocatoria uuid, p_since timestamptz) returns text
language plpgsql stable set search_path = '' as $$
begin
  return (select string_agg(format('· %s, %s: %s', n.display_name, n.post, n.days), E'\n' order by n.received_at, n.folio)
    from (select c.display_name, r.post, u.received_at, u.folio, (select string_agg(j.title, ', ' order by j.on_day, j.position)
        from app.seats s join app.jornadas j on j.id = s.jornada_id where s.submission_id = u.id and s.status <> 'cancelled') as days
      from app.registrations r join app.submissions u on u.id = r.submission_id and u.convocatoria_id = p_convocatoria
        and u.state <> 'withdrawn' and u.received_at > p_since
      join app.contacts c on c.submission_id = u.id and c.display_name is not null
      where r.body_id = p_body order by u.received_at, u.folio limit 60) n where n.days is not null);
end $$;

create function app.mail_liaison(p_email text, p_body text, p_campaign text, p_lines text) returns void
language plpgsql volatile set search_path = '' as $$
begin
  perform app.queue_mail(p_email, format('Inscripciones de %s', p_body), format(E'Usted es enlace de %s. Estas personas se '
    || E'inscribieron en su nombre en «%s»:\n\n%s\n\nSi alguna no debe asistir, avise al contacto de ayuda y dé el nombre. '
    || 'Este aviso llega a lo más una vez al día.', p_body, p_campaign, p_lines), app.now());
end $$;

-- Writes to up to 200 liaisons a call.
create function app.tell_liaisons() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_one record;
  v_lines text;
  v_count int := 0;
begin
  for v_one in select r.body_id, c.id as campaign, c.title, b.name, i.email, coalesce(t.told_at, '-infinity') as since
    from app.registration_rules l join app.convocatorias c on c.id = l.convocatoria_id and l.tell_liaison
    join app.submissions u on u.convocatoria_id = c.id and u.state <> 'withdrawn'
    join app.registrations r on r.submission_id = u.id
    join app.sujetos_obligados b on b.id = r.body_id
    join app.body_liaisons i on i.body_id = r.body_id and i.email is not null
    left join app.told_liaisons t on t.body_id = r.body_id and t.convocatoria_id = c.id
    where u.received_at > coalesce(t.told_at, '-infinity') and coalesce(t.told_at, '-infinity') <= app.now() - interval '24 hours'
    group by r.body_id, c.id, b.name, i.email, t.told_at order by r.body_id limit 200 loop
    v_lines := app.registered_lines(v_one.body_id, v_one.campaign, v_one.since);
    insert into app.told_liaisons (body_id, convocatoria_id, told_at) values (v_one.body_id, v_one.campaign, app.now())
    on conflict (body_id, convocatoria_id) do update set told_at = excluded.told_at;
    continue when v_lines is null;
    perform app.mail_liaison(app.canonical_email(v_one.email), v_one.name, v_one.title, v_lines)
    where app.canonical_email(v_one.email) is not null;
    v_count := v_count + 1;
  end loop;
  return v_count;
end $$;

insert into app.due_jobs (position, name, handler) values (94, 'liaisons_told', 'tell_liaisons');
