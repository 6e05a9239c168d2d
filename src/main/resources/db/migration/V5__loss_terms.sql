-- Of a loss of terms: for every epoch each term, in order.
alter table training_losses add column terms bytes;
