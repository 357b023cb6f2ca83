-- up
use d;
create table n (id int not null auto_increment primary key, x varchar(20) default 'a' comment 'b;') engine=InnoDB default charset=utf8;
alter table t add column z int default 0, add key (a);
insert into n values (1, 'x'), (2, concat('y', now()));
