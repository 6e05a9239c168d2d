-- Of a loss of terms: for every epoch each term, in order.
alter table training_losses add column terms bytes;

-- Of the last epoch that is over, like loss.
alter table training add column validation_loss double precision;
