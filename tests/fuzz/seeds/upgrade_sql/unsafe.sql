update t set a = 1;
delimiter $$
create procedure p() begin update t set a = 1; end$$
delimiter ;
source x.sql
drop table if exists t; set @x = 'a\'b';
rename table t to u, v to w;
insert into t values (1) on duplicate key update a = 2;
