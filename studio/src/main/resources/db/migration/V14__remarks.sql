-- What of a rendition is not as it was, a sentence each: such as how much of somebody's picture was missing.
alter table renditions add column remarks text[] not null default '{}';

-- Sessions without a host are adopted when an operator becomes an admin. One who was an admin before that rule came
-- becomes one again here.
update memberships m set role = m.role from accounts a where a.id = m.account and a.operator and m.role = 'admin';
