-- The second review of a rejection. Its author asks for it once, within ten business days; another member than the one who
-- rejected answers within ten more (docs/decisions/0065).

create table app.second_reviews (
  submission_id uuid primary key references app.submissions on delete cascade,   -- once, whatever follows
  rejection_id uuid not null unique references app.review_events,
  asked_at timestamptz not null default app.now(),
  answer_by timestamptz not null,
  answer_id uuid unique references app.review_events   -- the decision that answered it; null: open
);
create index on app.second_reviews (answer_by) where answer_id is null;
alter table app.second_reviews enable row level security;
comment on table app.second_reviews is
  'Personal data: that an author disagreed, and when. Readers: its author, staff of its campaign. Kept: with the'
  ' submission. Deleted by: app.forget_records.';
create trigger log_piece after insert or update or delete on app.second_reviews
  for each row execute function app.log_submission_piece();

-- The rejection that stands; null when the submission is not rejected.
create function app.rejection_of(p_submission app.submissions) returns app.review_events
language plpgsql stable set search_path = '' as $$
begin
  return (select e from app.review_events e where p_submission.state = 'rejected' and e.submission_id = p_submission.id
    and e.kind = 'reject' and not exists (select from app.review_events u where u.undoes = e.id)
  order by e.seq desc limit 1);
end $$;

-- The end of the ten business days in which its author may ask; null when it cannot be asked for at all.
create function app.second_review_until(p_submission app.submissions) returns timestamptz
language plpgsql stable set search_path = '' as $$
begin
  if p_submission.state <> 'rejected' or p_submission.content_erased_at is not null
    or exists (select from app.second_reviews r where r.submission_id = p_submission.id) then
    return null;
  end if;
  return (select app.business_deadline(e.at, 10) from app.rejection_of(p_submission) e where e.id is not null);
end $$;

-- Whether a second review of this submission waits for its answer.
create function app.awaits_second_review(p_submission app.submissions) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  if p_submission.state <> 'rejected' then return false; end if;
  return exists (select from app.second_reviews r where r.submission_id = p_submission.id and r.answer_id is null);
end $$;

-- Whether a second review confirmed this rejection.
create function app.is_upheld(p_submission app.submissions) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  if p_submission.state <> 'rejected' then return false; end if;
  return exists (select from app.second_reviews r join app.review_events e on e.id = r.answer_id and e.kind = 'uphold'
    where r.submission_id = p_submission.id);
end $$;

-- What a line of the queue says of a second review that waits: {second_review_by}, or nothing.
create function app.second_review_due(p_submission app.submissions) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  if p_submission.state <> 'rejected' then return '{}'; end if;
  return coalesce((select jsonb_build_object('second_review_by', r.answer_by) from app.second_reviews r
    where r.submission_id = p_submission.id and r.answer_id is null), '{}');
end $$;

-- Whether a member gave the rejection that a second review was asked for.
create function app.rejected_before(p_submission uuid, p_user uuid) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return exists (select from app.second_reviews r join app.review_events e on e.id = r.rejection_id
    where r.submission_id = p_submission and e.actor_id = p_user);
end $$;

-- What its author reads, under the key `second_review`: until when it can be asked for, or what became of it. No key when
-- neither is the case. `answer_by`, before it was asked for, is the latest day on which an answer could be due.
create function app.second_review_of(p_submission app.submissions) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_until timestamptz := app.second_review_until(p_submission);
begin
  if v_until >= app.now() then
    return jsonb_build_object('second_review', jsonb_build_object('until', v_until,
      'answer_by', app.business_deadline(v_until, 10)));
  end if;
  return coalesce((select jsonb_build_object('second_review', jsonb_strip_nulls(jsonb_build_object('asked_at', r.asked_at,
      'answer_by', r.answer_by, 'answered_at', e.at, 'outcome', e.kind)))
    from app.second_reviews r left join app.review_events e on e.id = r.answer_id
    where r.submission_id = p_submission.id), '{}');
end $$;

-- payload {}. Refuses a second time, and after the ten business days.
create function app.ask_second_review(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_submission app.submissions := app.lock_own(p_op);
  v_until timestamptz := app.second_review_until(v_submission);
begin
  if exists (select from app.second_reviews r where r.submission_id = v_submission.id) then
    perform app.refuse('second_review_used', null, 409);
  elsif v_until is null then
    perform app.refuse('transition_invalid', null, 409);
  elsif app.now() > v_until then
    perform app.refuse('second_review_late', null, 409);
  end if;
  insert into app.second_reviews (submission_id, rejection_id, answer_by)
  values (v_submission.id, (app.rejection_of(v_submission)).id, app.business_deadline(app.now(), 10));
  update app.submissions s set version = s.version + 1 where s.id = v_submission.id;
  perform app.record_event(v_submission.id, 'author', 'review_asked', 'rejected', 'rejected');
end $$;

insert into app.op_kinds (kind, actor, handler) values ('submission.ask_review', 'citizen', 'ask_second_review');

-- The second reviews of a campaign that wait for an answer which this member may give: {kind, count, soon, by}, where `soon`
-- are due within two business days or late, and `by` is the first date; null for none. For the letter to its coordinators
-- (a null member) those of everybody, and null while none is due soon.
create function app.second_review_alert(p_convocatoria uuid, p_user uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_soon timestamptz := app.business_deadline(app.now(), 2);
begin
  if p_user is not null and not app.decides_on(p_user, p_convocatoria) then return null; end if;
  return (select jsonb_build_object('kind', 'second_review', 'count', count(*),
      'soon', count(*) filter (where r.answer_by <= v_soon), 'by', min(r.answer_by))
    from app.second_reviews r join app.submissions s on s.id = r.submission_id
    where r.answer_id is null and s.state = 'rejected' and s.convocatoria_id = p_convocatoria
      and (p_user is null or not app.rejected_before(s.id, p_user))
    having count(*) filter (where p_user is not null or r.answer_by <= v_soon) > 0);
end $$;

-- The second reviews that wait for an answer in the campaigns that the caller may read, the most urgent first, up to 200, and
-- how many there are. `may_answer`: the caller decides there and is not the one who rejected.
create function public.list_second_reviews() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_allowed uuid[];
begin
  if not app.has_role_somewhere(app.readers()) then perform app.refuse('not_allowed', null, 403); end if;
  v_allowed := app.readable_convocatorias(null, null);
  return (with open as (
      select s, r.answer_by from app.second_reviews r join app.submissions s on s.id = r.submission_id
      where r.answer_id is null and s.state = 'rejected' and s.convocatoria_id = any (v_allowed)
    ), shown as (select * from open o order by o.answer_by, (o.s).id limit 200)
    select jsonb_build_object('count', (select count(*) from open), 'items', coalesce(jsonb_agg(app.queue_item(o.s)
        || jsonb_build_object('may_answer', app.has_role(app.deciders(), (o.s).convocatoria_id)
          and not app.rejected_before((o.s).id, auth.uid())) order by o.answer_by, (o.s).id), '[]'))
    from shown o);
end $$;
grant execute on function public.list_second_reviews() to authenticated;
