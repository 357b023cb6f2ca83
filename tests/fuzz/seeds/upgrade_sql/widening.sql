alter table `t` modify column b varchar(40) not null default '0' after a, change a a bigint(20) unsigned not null default 0;
/*!50001 alter table t modify c enum('x','y','z') not null default '0' */;
